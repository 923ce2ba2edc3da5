/** What activates an eSIM or opens its page: whatever of it is found in a log or a store is a fault. */
export interface Activation {
  /** What the operator's server knows the profile by. */
  readonly matchingId: string;
  /** `LPA:1$<server>$<matching id>` (GSMA SGP.22): whoever enters it has the eSIM. */
  readonly activationCode: string;
  /** A picture of the activation code. */
  readonly qrCodeUrl: string;
  /** Opens the installation on an iPhone (iOS 17.4 and later); holds the activation code. */
  readonly appleUrl: string;
  /** The customer's page; together with the access code it opens the eSIM. */
  readonly sharingLink: string;
  /** Four digits at Airalo. Here a word, so that a search for it in logs finds nothing else. */
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
