/** To whoever wrote config.json: which member is wrong, and what to write. */
export const deployment = {
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
    demo: 'an object with "username" and "password"',
  },
}
