import type { Digest } from '../../domain/content.ts';
import type { Principal } from '../../ports/identity.ts';

export interface UploadUseCases {
  /** An address that takes exactly these bytes. */
  createUpload(caller: Principal, announced: AnnouncedBytes): Promise<Upload>;
}

/** Bytes that are to come. */
export interface AnnouncedBytes {
  readonly size: number;
  readonly sha256: Digest;
}

export interface Upload {
  readonly upload: Digest;
  readonly size: number;
  /** Whether the tenant has these bytes already. */
  readonly present: boolean;
  readonly url: string;
  readonly method: 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}
