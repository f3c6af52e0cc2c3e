/** HTML standard, "rules for parsing a legacy color value", as far as mail uses them: the `#` may be missing. */
export function legacyColour(value: string): string {
  const text = value.trim()
  return /^[0-9a-f]{6}$|^[0-9a-f]{3}$/i.test(text) ? `#${text}` : text
}
