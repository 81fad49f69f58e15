/**
 * Trusts the certificate (PEM) that a server has left in its data folder, and no other: whoever else may have taken over
 * its port, or vouches for names elsewhere, is not believed to be it. Counts for the whole process.
 */
export function trustOnly(certificate: string): void {
  process.getBuiltinModule('node:tls').setDefaultCACertificates([certificate]);
}
