import { one } from '../numbers.ts'

/** By the kind of what went wrong (`LoadProblem`). */
const unreachable = {
  offline: 'It comes by itself when you are online.',
  unauthorized: 'Your sign-in has run out. Sign in again to fetch it.',
  forbidden: 'Your server does not allow this account to read it.',
  busy: 'Your server is busy. Try again in a moment.',
  server: 'Your server answered with an error. Try again; if it stays, tell whoever runs the server.',
  gone: 'Your server no longer has it.',
  unknown: 'It could not be fetched. Try again.',
}

type Problem = keyof typeof unreachable

const trackersOf = (count: number): string => one(count, 'tracker stays blocked', 'trackers stay blocked')

const pictures = (count: number, how: string, trackers: number): string =>
  `${one(count, 'picture from the internet is', 'pictures from the internet are')} ${how}${trackers > 0 ? `, ${trackersOf(trackers)}` : ''}.`

/** What is said above a letter, and in place of a conversation that is not here. */
export const notices = {
  held: (count: number, trackers: number) =>
    count > 0 ? pictures(count, 'held back', trackers) : `${trackersOf(trackers)}.`,
  shown: (count: number, trackers: number) => pictures(count, 'shown', trackers),
  heldWhy:
    'Showing them tells the sender your network address, and that you read this. At home that is the address which a tunnel in front of your server hides.',
  proxyWhy: (host: string) =>
    `They come through your proxy, ${host}: showing them tells the sender that you read this, but not your network address.`,
  alwaysWhy: (address: string) => `You chose to always show those that come from ${address}.`,
  trackersWhy: 'A tracker is a picture that is not there to be seen, only to tell the sender that you read this.',
  routeUnknown:
    'They cannot be shown right now: whether they are to come through a proxy could not be read. Try again when you are online.',
  showOnce: 'Show once',
  holdAgain: 'Hold back again',
  always: 'Always for this sender',
  notAlways: 'No longer for this sender',
  openFrameFailed: 'Pictures from the internet cannot be shown here right now. The message is shown without them.',
  bodyAbsent: (problem: Problem) => `This message is not on this device yet. ${unreachable[problem]}`,
  bodyGone: 'The text of this message is no longer on your server.',
  cut: 'This message is very long. Only its beginning is shown.',
  encoding: 'Parts of this message use an unknown or broken encoding. Some characters may be wrong.',
  framePlain: 'This message could not be shown as designed. This is its text.',
  tryAgain: 'Try again',

  lost: 'The message that the link names is no longer here. This is the rest of its conversation.',
  gone: 'This conversation is no longer here',
  goneWhy: 'It was deleted or moved out of reach, perhaps on another device.',
  absent: 'This conversation is not on this device yet',
  absentWhy: (problem: Problem) => unreachable[problem],
}
