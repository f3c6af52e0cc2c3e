/** To whoever wrote config.json: which member is wrong, and what to write. */
export const deployment = {
  missing:
    'This host answers no mail requests (JMAP), and beside the page lies no config.json that names a mail server. Its administrator can put one there, such as {"servers": ["https://mail.example.com"]}.',
  page: 'In place of config.json the server answers with a web page, which is passed over. Its administrator can put a config.json beside index.html, at least {}, or let the server answer 404 for it. If it is the log-in page of a gate or of this network: load the page again.',
  refused: (status: number) =>
    `The file config.json of this installation cannot be read: the server answers ${String(status)}. Its administrator can allow it to be read without signing in.`,
  wrongType: (type: string) =>
    `The file config.json of this installation is passed over, since the server calls it "${type}". Its administrator can let it be served as application/json.`,
  broken: (why: string) =>
    `The file config.json of this installation is no JSON and is passed over${why === '' ? '' : ` (${why})`}. Its administrator can correct it.`,
  noObject:
    'The file config.json of this installation has to hold one object, such as {"servers": ["https://mail.example.com"]}; it is passed over.',
  unknown: (name: string) => `"${name}" in config.json means nothing here. Perhaps it is misspelt.`,
  wrong: (name: string, right: string) => `"${name}" in config.json has to be ${right}.`,
  members: {
    servers: 'a list of http or https addresses, such as ["https://mail.example.com"]',
    allowedOrigins: 'a list of origins without a path, such as ["https://files.example.com"]',
    rewriteToOrigin: 'true or false',
    productName: 'a name of at most 60 characters, in quotes',
    signIn: 'a list of "token" and "password"',
    cookies: '"omit" or "same-origin"',
    authservIds: 'a list of host names of mail servers, such as ["mail.example.com"]',
    imageProxy: 'an https address, such as "https://images.example.net"',
    demo: 'an object with "username" and "password"',
  },
}
