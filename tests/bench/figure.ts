/** One figure of the bench, as the contract's JSON has it. */
export interface Figure {
  readonly name: string
  readonly unit: string
  /** What is compared with `must`: the median of the runs, or a ratio over the floor's median. */
  readonly value: number
  readonly median: number
  readonly p95: number
  readonly n: number
  /** Milliseconds of the yardstick page in the same run; null where there is none. */
  readonly floor: number | null
  readonly must: number
  readonly ok: boolean
  readonly note?: string
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** An absolute bar on the median of the runs. */
export function absolute(name: string, unit: string, values: readonly number[], must: number, note?: string): Figure {
  const value = median(values)
  return {
    name,
    unit,
    value: round(value),
    median: round(value),
    p95: round(quantile(values, 0.95)),
    n: values.length,
    floor: null,
    must,
    ok: value <= must,
    ...(note ? { note } : {}),
  }
}

/** A figure that this machine cannot take, with the reason; it does not pass. */
export function couldNotRun(name: string, unit: string, must: number, why: string): Figure {
  const none = Number.NaN
  return {
    name,
    unit,
    value: none,
    median: none,
    p95: none,
    n: 0,
    floor: null,
    must,
    ok: false,
    note: `could not run: ${why}`,
  }
}

/** A bar on the p95 of all samples of one run; the figure's value is the median of the runs' p95. */
export function absoluteP95(name: string, runs: readonly (readonly number[])[], must: number, note?: string): Figure {
  const all = runs.flat()
  const value = median(runs.map((run) => quantile(run, 0.95)))
  return {
    name,
    unit: 'ms',
    value: round(value),
    median: round(median(all)),
    p95: round(quantile(all, 0.95)),
    n: all.length,
    floor: null,
    must,
    ok: value <= must,
    ...(note ? { note } : {}),
  }
}

/** A bar that has to be reached, not kept under: the median of the runs must be at least this much. */
export function atLeast(name: string, unit: string, values: readonly number[], must: number, note?: string): Figure {
  const figure = absolute(name, unit, values, must, note)
  return { ...figure, ok: figure.value >= must, note: ['must be at least that', note].filter(Boolean).join('; ') }
}

/** A ratio over the yardstick. A floor 1.3 off the one recorded says that the machine was disturbed, which is not ok. */
export function ratio(
  name: string,
  values: readonly number[],
  floors: readonly number[],
  must: number,
  recordedFloor: number | undefined,
  note?: string,
): Figure {
  const floor = median(floors)
  const value = median(values) / floor
  const isDisturbed = recordedFloor !== undefined && (floor > recordedFloor * 1.3 || floor < recordedFloor / 1.3)
  const remarks = [
    `${String(round(median(values)))} ms over a floor of ${String(round(floor))} ms`,
    ...(isDisturbed ? [`machine disturbed: the floor recorded is ${String(recordedFloor)} ms`] : []),
    ...(note ? [note] : []),
  ]
  return {
    name,
    unit: 'x',
    value: round(value),
    median: round(median(values)),
    p95: round(quantile(values, 0.95)),
    n: values.length,
    floor: round(floor),
    must,
    ok: value <= must && !isDisturbed,
    note: remarks.join('; '),
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
