import { conjunction, number } from '../numbers.ts'

const checks = {
  dkim: 'the signature (DKIM)',
  spf: 'the sending server (SPF)',
  dmarc: 'the sender’s own policy (DMARC)',
}

export type CheckName = keyof typeof checks

const listed = (names: readonly CheckName[]): string => {
  const text = conjunction(names.map((name) => checks[name]))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Who a letter is really from: sentences in words of their own, each begun by what matters. */
export const trust = {
  panel: 'Who it is from',
  /** Before the name of a letter that is probably forged. */
  label: 'Warning: ',
  seal: (domain: string) => `Really from ${domain}`,

  aligned: (domain: string) => `Really from ${domain}.`,
  agree: (names: readonly CheckName[]) =>
    names.length === 0
      ? ''
      : `${listed(names)} ${names.length === 1 ? 'agrees' : names.length === 2 ? 'agree' : 'all agree'}.`,
  failed: (domain: string) => `Not shown to be from ${domain}.`,
  disagree: (names: readonly CheckName[]) =>
    names.length === 0 ? '' : `${listed(names)} ${names.length === 1 ? 'says' : 'say'} that it is not.`,
  forwarded: 'Somebody forwarded it and vouches that it was right before (ARC).',
  ofList: 'It says that it came through a mailing list, and some lists break these checks.',
  unknown: (domain: string) => `Nobody vouches for ${domain}.`,
  unknownWhy: 'Your server found no proof that it is really from there, and none against it.',
  notHere: 'What your server checked of the sender is not on this device.',
  notHereWhy: 'This letter was kept by an earlier version. Open it while you are online to know.',

  encrypted: 'Encrypted on the way',
  encryptedHow: (version: string | null) => ` to your server${version === null ? '' : ` (TLS ${version})`}.`,
  plain: 'Not encrypted on the way',
  plainHow: ' to your server: others on the network could read it.',

  spam: (score: number) => `Your server’s spam filter gave it ${number(score)} points`,
  spamIs: ' and takes it for spam.',
  spamIsNot: ' and does not take it for spam.',

  nameLead: 'The name is another address.',
  name: (name: string, address: string) => ` It says “${name}”, but the letter comes from ${address}.`,
  scriptLead: 'The address is not what it looks like.',
  script: (shown: string, domain: string) =>
    ` “${shown}” is written with letters that look like others. To machines it is ${domain}.`,
  lookAlikeLead: 'The address looks like one you know.',
  lookAlike: (domain: string, known: string) => ` ${domain} is not ${known}, which you have written to.`,
  firstLead: 'The first letter from this address.',
  first: (since: string | null) =>
    since === null
      ? ' You have no other mail with it.'
      : ` You have no other mail with it since ${since}, as far back as all of it is on this device.`,

  forged: (domain: string) => `This letter says that it is from ${domain}, and it probably is not.`,
  forgedWhy: (names: readonly CheckName[]) =>
    `${names.length === 0 ? '' : `${listed(names)} ${names.length === 1 ? 'disagrees' : 'disagree'}. `}Its links and pictures are closed. Do not answer it or send money unless you have asked the sender in another way.`,
  openAnyway: 'Open links anyway',
}
