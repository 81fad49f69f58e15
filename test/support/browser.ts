/** What a browser shows in the end: an answer that leads nowhere else, or an address that is not of this server. */
export interface Page {
  /** In full. */
  readonly address: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser without a screen: it keeps cookies by path and follows where it is sent, on one server. */
export class Browser {
  readonly #origin: string;
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  open(address: string): Promise<Page> {
    return this.#follow(new URL(address, this.#origin), {});
  }

  /** Sends a form as from a page of this server; `headers` replace what says so. */
  submit(address: string, fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
    return this.#follow(new URL(address, this.#origin), {
      method: 'POST',
      headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin', ...headers },
      body: new URLSearchParams(fields),
    });
  }

  get cookieHeaders(): readonly string[] {
    return this.#set;
  }

  readonly #set: string[] = [];

  async #follow(address: URL, init: RequestInit): Promise<Page> {
    if (address.origin !== this.#origin) {
      return { address: address.href, status: 0, headers: new Headers(), text: '' };
    }
    const headers = new Headers(init.headers);
    const cookie = this.#cookieFor(address.pathname);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    this.#keep(response);
    const location = response.headers.get('location');
    const text = await response.text();
    if (location !== null) return this.#follow(new URL(location, address), {});
    return { address: address.href, status: response.status, headers: response.headers, text };
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      this.#set.push(line);
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      if (value === '') this.#cookies.delete(`${name} ${path}`);
      else this.#cookies.set(`${name} ${path}`, { value, path });
    }
  }

  #cookieFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');
  }
}
