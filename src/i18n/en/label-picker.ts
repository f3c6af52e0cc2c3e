/** The picker of labels, and what is said of what it did: loaded with it. */
export const labelPicker = {
  title: (what: string) => `Labels of ${what}`,
  find: 'Find or create a label',
  create: (name: string) => `Create “${name}”`,
  none: (typed: string) => `No label can be called “${typed}”.`,
  apply: 'Apply',
  put: (what: string, label: string) => `${what} labelled ${label}`,
  taken: (what: string, label: string) => `${what}: ${label} taken off`,
  changed: (what: string) => `${what}: labels changed`,
  forbidden: 'You may not label mail here.',
}
