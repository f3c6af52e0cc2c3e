/** Reads from Chromium's net log which names were looked up, and when. */
import { readFileSync } from 'node:fs'

export interface LookUp {
  readonly host: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

interface NetLog {
  readonly constants: {
    readonly logEventTypes: Readonly<Record<string, number>>
    readonly logEventPhase: Readonly<Record<string, number>>
    readonly timeTickOffset: number | string
  }
  readonly events: readonly {
    readonly type: number
    readonly phase: number
    readonly time: string
    readonly params?: { readonly host?: string }
  }[]
}

/** Every name leads to the sink, so its address stands where the name stood; the app's own is left out. */
export function lookUpsIn(file: string, app: string): readonly LookUp[] {
  const { constants, events } = read(file)
  const type = constants.logEventTypes['HOST_RESOLVER_MANAGER_REQUEST']
  const begin = constants.logEventPhase['PHASE_BEGIN']
  if (type === undefined || begin === undefined) throw new Error('this Chromium names its look-ups otherwise')
  return events.flatMap((event) => {
    if (event.type !== type || event.phase !== begin) return []
    const host = event.params?.host ?? 'nobody'
    // an errand of Chromium's own leads nowhere
    return host.includes(app) || host.includes('~notfound')
      ? []
      : [{ host, at: Number(constants.timeTickOffset) + Number(event.time) }]
  })
}

/** A browser that was ended at once leaves the list open. */
function read(file: string): NetLog {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text) as NetLog
  } catch {
    return JSON.parse(`${text.trimEnd().replace(/,$/, '')}]}`) as NetLog
  }
}
