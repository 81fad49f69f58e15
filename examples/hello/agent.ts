import { approval, artifact, command, file } from 'tandem';

export default async function hello(input: { name: string }) {
  await file.write('letter.txt', `Dear ${input.name},\n\nall is well.\n`);
  const { stdout } = await command.run(`node -p "fs.statSync('letter.txt').size"`);

  const answer = await approval.request({ what: `Keep a letter of ${stdout.trim()} bytes` });
  if (answer.decision !== 'approved') return { kept: false };

  await artifact.add('letter.txt');
  return { kept: true, bytes: Number(stdout) };
}
