import { crc32 } from 'node:zlib';

/** A zip file that holds one file, as it is: what Lambda takes as code. */
export function zipOf(name: string, content: string): Buffer {
  const [file, bytes] = [Buffer.from(name), Buffer.from(content)];
  // Version, flags, method (stored), time, date, checksum, sizes and the length of the name: the same in both heads.
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(0x21, 8);
  about.writeUInt32LE(crc32(bytes), 10);
  about.writeUInt32LE(bytes.length, 14);
  about.writeUInt32LE(bytes.length, 18);
  about.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, file, bytes]);
  const rest = Buffer.alloc(14);
  // Read and executed by everybody.
  rest.writeUInt32LE(0o100755 * 0x10000, 6);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), about, rest, file]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
