/** The account row and its menu. */
export const account = {
  button: 'Account',
  menu: (name: string) => `Account, ${name}`,
}
