import { style } from './style.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

export interface SignInPage {
  /** Where the form goes. */
  readonly action: string;
  /** What asks to act for who signs in. */
  readonly application: string;
  /** Whether it answers to this computer itself. */
  readonly server: string;
  /** What was typed before. */
  readonly name?: string;
  /** Why it has to be typed again. */
  readonly fault?: string;
}

/** The form: no script, two fields that password managers know, and a word on what it leads to. */
export function signInPage({ action, application, server, name = '', fault }: SignInPage): string {
  const focus = (here: boolean) => (here ? ' autofocus' : '');
  const about = fault === undefined ? '' : ' aria-describedby="fault"';
  return page(
    'Sign in',
    `<h1>Sign in to Tandem</h1>
<p class="soft">${escaped(application)} on this computer asks to act for you at <strong>${escaped(server)}</strong>. Go on only if you have just asked for it.</p>
${fault === undefined ? '' : `<p class="fault" id="fault" role="alert">${escaped(fault)}</p>`}
<form method="post" action="${escaped(action)}">
<label for="name">Account</label>
<input id="name" name="name" value="${escaped(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required${about}${focus(name === '')}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required${about}${focus(name !== '')}>
<button type="submit" name="answer" value="sign-in">Sign in</button>
<button type="submit" name="answer" value="cancel" class="quiet" formnovalidate>Cancel</button>
</form>`,
  );
}

/** Something that cannot go on. */
export function errorPage(reason: string): string {
  return page(
    'Sign-in failed',
    `<h1>This sign-in cannot go on</h1>
<p class="fault" role="alert">${escaped(reason)}</p>
<p class="soft">Start again from where you came: for the command line, <code>npx tandem login</code>.</p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Tandem</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
