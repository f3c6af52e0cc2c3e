/** What the demo's mail server wrote above a message that it took from the internet and found to be what it says. */

/** The name under which it signs: `authservIds` of the demo's config.json. */
export const DEMO_SERVER = 'mail.lindqvist.example'

export function taken(domain: string): readonly (readonly [name: string, value: string])[] {
  return [
    [
      'Received',
      `from relay.${domain} (relay.${domain} [192.0.2.7])\r\n\t(using TLSv1.3 with cipher TLS13_AES_256_GCM_SHA384)\r\n\tby ${DEMO_SERVER} (Stalwart SMTP) with ESMTPS id 1`,
    ],
    [
      'Authentication-Results',
      `${DEMO_SERVER};\r\n\tdkim=pass header.d=${domain};\r\n\tspf=pass smtp.mailfrom=bounce@${domain};\r\n\tdmarc=pass header.from=${domain} policy.dmarc=reject`,
    ],
  ]
}
