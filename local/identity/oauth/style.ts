/** The style of the pages, in the page itself: nothing else is loaded. */
export const style = `
:root { color-scheme: light dark; --ink: #1c1f23; --soft: #5b636d; --line: #c3c8ce; --paper: #fff; --ground: #f3f4f6;
  --accent: #1f5fbf; --on-accent: #fff; --bad: #a4201c; --bad-ground: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a7afb8; --line: #4b525a; --paper: #1f2226;
  --ground: #15171a; --accent: #8ab4f8; --on-accent: #10243f; --bad: #f4a9a5; --bad-ground: #3a1f1d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem 1rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: .5rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1.25rem; }
.soft { color: var(--soft); }
.fault { padding: .625rem .75rem; color: var(--bad); background: var(--bad-ground); border-left: 4px solid; }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input { display: block; width: 100%; margin-bottom: 1rem; padding: .5rem .625rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--soft); border-radius: .25rem; }
button { padding: .5rem 1.125rem; margin-right: .5rem; font: inherit; font-weight: 600; border: 1px solid var(--accent);
  border-radius: .25rem; background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.quiet { background: none; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
