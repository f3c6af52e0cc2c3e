/** What the browser tells of the device: whether its network is to be spared, and how much room there is. */
export interface Device {
  /** Undefined: nothing speaks against fetching ahead, as far as is known. */
  spares(): 'saving' | 'metered' | undefined
  /** Bytes, as far as the browser tells. */
  room(): Promise<StorageEstimate>
}

/** The Network Information API, where there is one. */
interface Connection {
  readonly saveData?: boolean
  readonly type?: string
}

export const browserDevice: Device = {
  spares: () => {
    const { connection } = navigator as { connection?: Connection }
    if (connection?.saveData) return 'saving'
    return connection?.type === 'cellular' ? 'metered' : undefined
  },
  room: async () => (await (navigator as Partial<Navigator>).storage?.estimate()) ?? {},
}
