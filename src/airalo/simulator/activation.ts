/** What activates an eSIM or opens its page: whatever of it is found in a log or a store is a fault. */
export interface Activation {
  readonly matchingId: string;
  readonly activationCode: string;
  readonly qrCodeUrl: string;
  readonly appleUrl: string;
  readonly sharingLink: string;
  readonly accessCode: string;
}

/** Invented, the same for the same eSIM, and unlike anything else the bot writes. */
export function activationOf(iccid: string): Activation {
  const end = iccid.slice(-4);
  const matchingId = `FAKE-MATCH-${end}`;
  const activationCode = `LPA:1$lpa.airalo.invalid$${matchingId}`;
  return {
    matchingId,
    activationCode,
    qrCodeUrl: `https://airalo.invalid/qr?id=qr-${end}-secret&signature=5f0d`,
    appleUrl: `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${activationCode}`,
    sharingLink: `https://esims.cloud/share-${end}-secret`,
    accessCode: `pin-${end}`,
  };
}
