import { number, one } from '../numbers.ts'

/** Every way in which signing in can fail: what happened, likeliest cause first, then what to do. */
export const signInProblems = {
  refusedBasic: 'The server refused the address or the password. Check both; some servers want an app password here.',
  refusedStalwart:
    'The server refused. Most likely the password is wrong. It gives the same answer to an address that it does not know, and after too many attempts: then wait a while.',
  refusedCode:
    'The server refused. Most likely the code is wrong or has run out: type the one that is shown now. It could also be the password, or a pause after too many attempts.',
  appPassword:
    'This account has a second factor, which the server cannot ask for here. Make an app password in your account settings at the server and sign in with that.',
  locked:
    'The account is locked after too many attempts. Wait a while, then try again, or ask your administrator to unlock it.',
  lockedFor: (seconds: number) => `The account is locked after too many attempts. Try again in ${wait(seconds)}.`,
  noMail:
    'You are known to the server, but the account has no mail. The administrator can give it mailboxes, or turn on JMAP for it.',
  noMethod:
    'The server offers no way of signing in that Postern knows, or none that this installation allows. Its administrator can allow more under "signIn" in config.json.',
  server5xx: (status: number) =>
    `The server has a problem (${String(status)}). It is not your password. Try again in a moment.`,
  serverNone: 'The server did not answer in time. It is not your password. Try again in a moment.',
  serverBusy: (seconds: number) => `The server is busy and asks to wait. Try again in ${wait(seconds)}.`,

  unreachable: (host: string) =>
    `${host} does not answer. Most likely the name is misspelt or the server is off; a bad certificate looks the same from here. Check the address under Server.`,
  unreachableCross: (host: string) =>
    `${host} does not answer to this page. Most likely it does not allow web pages from elsewhere (CORS): its administrator can turn that on. A misspelt name, a server that is off, or a bad certificate look the same from here.`,
  notAllowed: (origin: string) =>
    `This installation may not talk to ${origin}. Its administrator can allow it: add the address to "servers" in config.json and serve the page with the matching headers.`,
  notJmapHtml: (host: string) =>
    `${host} answered with a web page, not with JMAP. Most likely JMAP is turned off there, or it lives under another name. Ask your administrator for the JMAP address and type it under Server.`,
  notJmap: (host: string, status: number) =>
    `${host} answered, but not with JMAP (${String(status)}). Most likely JMAP is turned off there, or it lives under another name. Ask your administrator for the JMAP address and type it under Server.`,
  foreignUrl: (origin: string) =>
    `The server sends mail traffic to ${origin}, and this installation does not allow that address. Its administrator can add it to "servers" in config.json, or correct the address in the server's own settings.`,
  redirect: (host: string) =>
    `${host} passes the request on to another address. A password does not follow such a hop. Type the final address under Server.`,
  gate: (host: string) =>
    `Something before ${host} wants a log-in of its own and answered in the mail server's place: a gate, or this network. Load the page again to pass it. If it is a gate and that does not help: its administrator has to set "cookies" to "same-origin" in config.json.`,
  passGate: 'Load again',
  insecureTitle: 'This page needs https',
  insecure:
    'It was opened over plain http, where browsers switch off encryption and offline storage. Nothing has been sent.',
  insecureHow:
    'Open it by its https address. If there is none yet: put a certificate on the web server (Caddy fetches one by itself), or reach it as http://localhost from the same machine.',
  framedTitle: 'This page needs a window of its own',
  framed:
    'It was opened inside another page, which could lay its own buttons over yours. Nothing was loaded from your mail.',
  framedOpen: 'Open in a new window',
  insecureTry: (url: string) => `Try ${url}`,
}

function wait(seconds: number): string {
  if (seconds < 90) return one(Math.max(1, Math.round(seconds)), 'second', 'seconds')
  if (seconds < 5400) return one(Math.round(seconds / 60), 'minute', 'minutes')
  return `${number(Math.round(seconds / 3600))} hours`
}
