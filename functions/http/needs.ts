/** Who may ask: the least role of a bearer token. */
export const user = { credential: 'token', role: 'user' } as const;
export const operator = { credential: 'token', role: 'operator' } as const;
export const admin = { credential: 'token', role: 'admin' } as const;
export const platform = { credential: 'token', role: 'platform' } as const;
