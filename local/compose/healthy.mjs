// For health checks: whether an address answers as it should. Plain, since it is started again and again.
const answer = await fetch(process.argv[2] ?? '').catch(() => undefined);
process.exit(answer?.ok === true ? 0 : 1);
