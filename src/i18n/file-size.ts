/** Sizes in the reader's locale: "184 kB", "2.3 MB". Decimal units, as file managers and mail limits have them. */
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

const formats = units.map(
  (unit, index) =>
    new Intl.NumberFormat(undefined, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: index < 2 ? 0 : 1,
    }),
)

export function fileSize(bytes: number): string {
  const safe = Number.isFinite(bytes) && bytes > 0 ? bytes : 0
  // 999.5 kB would print as "1,000 kB": the next unit begins where rounding reaches it
  const index = safe < 1_000 ? 0 : safe < 999_500 ? 1 : safe < 999_950_000 ? 2 : 3
  return formats[index]?.format(safe / 1_000 ** index) ?? ''
}
