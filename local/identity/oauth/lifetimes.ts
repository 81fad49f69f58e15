const minute = 60;
const day = 24 * 60 * minute;

/** How long things live, in seconds. */
export const lifetimes = {
  /** What is shown to the API. Whoever is removed is out when it ends. */
  accessToken: 60 * minute,
  code: minute,
  /** To find one's password in. */
  signIn: 10 * minute,
  /** Each use gives a new one. */
  refreshToken: 30 * day,
  /** Then it takes the password again, however often tokens were refreshed. */
  grant: 90 * day,
} as const;
