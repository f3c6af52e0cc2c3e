/** Mistakes that are put into the page or its line, to see that a run finds them: `--plant NAME`. */

/** Each runs in the page before its own scripts; `lying-line` is the line's. */
export const PLANTS = {
  /** A row of the outbox is dropped before it is sent. */
  'row-is-dropped': `(() => {
    const { add } = IDBObjectStore.prototype
    IDBObjectStore.prototype.add = function (value, ...rest) {
      const request = add.call(this, value, ...rest)
      const { db } = this.transaction
      if (this.name === 'outbox')
        this.transaction.addEventListener('complete', () => {
          db.transaction('outbox', 'readwrite').objectStore('outbox').delete(request.result)
        })
      return request
    }
  })()`,
  /** A tab that has rows does not hear what others have changed. */
  'tab-is-deaf': `(() => {
    const { set } = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'onmessage')
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', {
      set(listener) {
        set.call(this, (event) => {
          const hasRows = document.querySelector('[data-view=messages] [data-email-id]')
          if (event.data?.k !== 'changed' || !hasRows) listener.call(this, event)
        })
      },
    })
  })()`,
  'lying-line': undefined,
} as const satisfies Record<string, string | undefined>

export type PlantName = keyof typeof PLANTS
