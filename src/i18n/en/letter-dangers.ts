/** What a file can do, said before it is saved. */
type Danger = 'program' | 'script' | 'macros' | 'diskImage' | 'shortcut' | 'webPage' | 'archive'

const is: Readonly<Record<Danger, string>> = {
  program: 'This file is a program.',
  script: 'This file is a script: a program in the form of a text.',
  macros: 'This document can hold macros: programs that run inside it.',
  diskImage: 'This file is a disk image. It can hold programs that your system does not check.',
  shortcut: 'This file is a shortcut. It opens something else, which it does not show.',
  webPage: 'This file is a web page. Opened from your disk, it can run scripts and ask for passwords.',
  archive: 'This archive holds programs, scripts or shortcuts.',
}

const really: Readonly<Record<Danger, string>> = {
  ...is,
  program: 'Its name hides it, but this file is a program.',
  script: 'Its name hides it, but this file is a script: a program in the form of a text.',
  macros: 'Its name does not say it, but this document holds macros: programs that run inside it.',
  shortcut: 'Its name hides it, but this file is a shortcut. It opens something else, which it does not show.',
  webPage: 'Its name hides it, but this file is a web page. Opened from your disk, it can run scripts.',
}

export const dangers = {
  title: (name: string) => `Save ${name}?`,
  is: (danger: Danger) => is[danger],
  hidden: (danger: Danger) => really[danger],
  harm: (danger: Danger) =>
    danger === 'webPage'
      ? 'Save it only if you expected it from this sender.'
      : 'It can harm this device when it is opened. Save it only if you expected it from this sender.',
  refuse: 'Do not save',
  save: 'Save anyway',
  /** On its chip. */
  words: {
    program: 'Program',
    script: 'Script',
    macros: 'Document with macros',
    diskImage: 'Disk image',
    shortcut: 'Shortcut',
    webPage: 'Web page',
    archive: 'Archive with programs',
  } satisfies Record<Danger, string>,
  several: (names: string) =>
    `These files can harm this device when they are opened: ${names}. Save them only if you expected them.`,
}
