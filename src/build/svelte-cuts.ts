/**
 * What of Svelte's runtime this app never reaches, and why: blocks that go, and conditions that are constant here, behind
 * which the minifier drops the rest. `client-svelte-plugin.ts` applies them and holds our own sources to what they rest
 * on.
 */

export interface FileCuts {
  /** Methods that nothing calls and blocks that are never entered, by their first line. An `else` stays. */
  readonly without?: readonly string[]
  /** A text and what stands there instead. It is there once, or as often as the third says. */
  readonly replaced?: readonly (readonly [from: string, to: string, times?: number])[]
}

/** What our sources must not use, so that all of this stays true. */
export const notUsed =
  /svelte:(?:boundary|element)|\$state\(|\$state\.eager|\$bindable|\|important|\{\.\.\.|\b(?:flushSync|fork|getAbortSignal|hydrate|settled|unmount)\b[^;\n]*from 'svelte'|svelte\/(?:animate|transition|motion|store|legacy)/

/** The same, as far as only the compiler's output shows it: written props, style attributes, moving things, parts of SVG. */
export const notCompiled =
  /\$\.from_svg\(`(?!<svg )|\$\.(?:transition|animation|boundary|element|proxy)\(|\$\.set_style\([^,]+, (?!'')|\$\.prop\(\$\$props, [^,]+, (?:[4-9]|1[0-5]|2\d|3[01])\b/

/** By file, below `svelte/src`. */
export const svelteCuts: Readonly<Record<string, FileCuts>> = {
  // Nothing of ours is rendered by a server. Boundaries assign the variable, hydration or not.
  'internal/client/dom/hydration.js': {
    replaced: [
      ['\thydrating = value;\n', '\n'],
      ['export let hydrating = false', 'export const hydrating = false'],
    ],
  },

  // `await` in templates is an experiment that svelte.config.js does not ask for, and then the compiler refuses it: no
  // effect ever waits for a promise.
  'internal/client/reactivity/async.js': {
    replaced: [
      ['var pending = blockers.filter((b) => !b.settled);', ''],
      ['if (async.length === 0 && pending.length === 0) {', 'if (true) {'],
    ],
  },
  // So the mount's boundary never shows that something is pending; and with no `svelte:boundary` none catches an error.
  'internal/client/dom/blocks/boundary.js': {
    replaced: [
      [
        'new Boundary(node, props, children, transform_error);',
        'block(() => void branch(() => children(node)), flags);',
      ],
    ],
  },
  'internal/client/error-handling.js': {
    without: ['\tif (error === HYDRATION_ERROR) {', '\twhile (effect !== null) {'],
  },
  // So a batch is done once it was processed, and the next one begins after it (only `fork`, or `flushSync` in an effect,
  // would have two at a time): there is nothing to defer, to skip, to merge or to see as it was before.
  'internal/client/reactivity/batch.js': {
    without: [
      '\tconstructor() {',
      '\t#is_deferred() {',
      '\t#is_skipped(effect) {',
      '\tskip_effect(effect) {',
      '\tunskip_effect(effect, callback = (e) => this.schedule(e)) {',
      '\t\tfor (const [e, status] of this.#dirty_reactions) {',
      '\t\tif (this.#is_deferred()) {',
      '\t\tif (earlier_batch) {',
      '\t\tif (this.#pending === 0 && (this.#scheduled.length === 0 || next_batch !== null)) {',
      '\t#find_earlier_batch() {',
      '\t#intersects(batch) {',
      '\t#merge(batch) {',
      '\t#defer_effects(effects) {',
      '\t\tif (source.v !== UNINITIALIZED && !this.previous.has(source)) {',
      '\t\tif ((source.f & ERROR_VALUE) === 0) {',
      '\tactivate() {',
      '\tdeactivate() {',
      '\tdiscard() {',
      '\tregister_created_effect(effect) {',
      '\t#commit() {',
      '\tincrement(blocking, effect) {',
      '\tdecrement(blocking, effect) {',
      '\ttransfer_reactions(dirty_reactions) {',
      '\tadd_dirty_reaction(effect, status) {',
      '\toncommit(fn) {',
      '\tondiscard(fn) {',
      '\tsettled() {',
      '\tapply() {',
      '\t#unlink() {',
    ],
    replaced: [
      ['\tid = uid++;\n', '\n'],
      ['\tlinked = true;\n', '\n'],
      ['\tprev = null;\n', '\n'],
      ['\tnext = null;\n', '\n'],
      ['\tasync_deriveds = new Map();\n', '\n'],
      ['\tcurrent = new Map();\n', '\n'],
      ['\tprevious = new Map();\n', '\n'],
      ['\t#commit_callbacks = new Set();\n', '\n'],
      ['\t#discard_callbacks = new Set();\n', '\n'],
      ['\t#pending = 0;\n', '\n'],
      ['\t#blocking_pending = new Map();\n', '\n'],
      ['\t#deferred = null;\n', '\n'],
      ['\t#new_effects = [];\n', '\n'],
      ['\t#dirty_reactions = new Map();\n', '\n'],
      ['\t#skipped_branches = new Map();\n', '\n'],
      ['\t#unskipped_branches = new Set();\n', '\n'],
      ['\tis_fork = false;\n', '\n'],
      ['\t#decrement_queued = false;\n', '\n'],
      ['this.apply();', ''],
      ['this.#unlink();', ''],
      ['if (!this.#is_deferred()) this.discard();', ''],
      ['const earlier_batch = this.#find_earlier_batch();', ''],
      ['this.#dirty_reactions.clear();', ''],
      ['for (const fn of this.#commit_callbacks) fn(this);', ''],
      ['this.#commit_callbacks.clear();', ''],
      ['this.#deferred?.resolve();', ''],
      [' || this.#skipped_branches.has(effect);', ';'],
      ['if ((flags & BLOCK_EFFECT) !== 0) this.add_dirty_reaction(effect, MAYBE_DIRTY);', ''],
      ['if (!this.is_fork) {', 'if (true) {'],
      ['effect.b?.is_pending &&', 'false &&'],
    ],
  },
  'internal/client/context.js': {
    // What a component exports is never put into state that looks into it.
    replaced: [['define_property(component, COMPONENT_SYMBOL, { value: true });', '']],
  },
  'internal/client/reactivity/deriveds.js': {
    replaced: [
      ['if (!current_batch?.is_fork || derived.deps === null) {', 'if (true) {'],
      ['if (batch_values !== null) {', 'if (false) {'],
      ['w.derived_inert();', ''],
      // Nothing asks for `getAbortSignal`, here and below.
      ['if (e.ac !== null) {', 'if (false) {'],
      ['if (e.teardown || e.ac) {', 'if (e.teardown) {'],
    ],
  },
  'internal/client/runtime.js': {
    replaced: [
      ['var is_fork = current_batch?.is_fork;', 'var is_fork = false;'],
      ['captured_signals?.add(signal);', ''],
    ],
    without: ['\tif (batch_values?.has(signal)) {', '\tif (reaction.ac !== null) {', '\t\tif (derived.ac !== null) {'],
  },
  'internal/client/reactivity/sources.js': {
    // No `$state.eager`, and `$inspect` is compiled away.
    without: ['\t\tif (!batch.is_fork && eager_effects.size > 0 && !eager_effects_deferred) {'],
    replaced: [
      ['if ((flags & EAGER_EFFECT) !== 0) {', 'if (false) {'],
      ['batch_values?.delete(derived);', ''],
      ['if (batch_values === null) {', 'if (true) {'],
      // As with effects: the check is for whoever writes a component.
      ['if (\n\t\tactive_reaction !== null &&\n', 'if (\n\t\tfalse &&\n'],
      // State is replaced, never written into: `$state.raw` everywhere.
      ['let new_value = should_proxy ? proxy(value) : value;', 'let new_value = value;'],
    ],
  },
  // A component never writes to a prop, and none is bindable.
  'internal/client/reactivity/props.js': {
    replaced: [
      ['var bindable = (flags & PROPS_IS_BINDABLE) !== 0;', 'var bindable = false;'],
      ['if (runes && (flags & PROPS_IS_UPDATED) === 0) {', 'if (true) {'],
    ],
  },

  // No transitions, no animations: what is taken away is gone at once, and nothing is kept off-screen, or paused until it
  // is gone.
  'internal/client/reactivity/effects.js': {
    // What is mounted is never unmounted.
    without: ['\treturn (options = {}) => {'],
    replaced: [
      // The check is for whoever writes a component; it stays where components are tested.
      ["\tvalidate_effect('$effect');\n", '\n'],
      ["\tvalidate_effect('$effect.pre');\n", '\n'],
      ['current_batch?.register_created_effect(effect);', ''],
      ['const controller = effect.ac;', 'const controller = null;'],
      ['var transitions = effect.nodes && effect.nodes.t;', 'var transitions = null;'],
    ],
  },
  'internal/client/dom/blocks/each.js': {
    without: [
      '\tif (state.pending.size > 0) {',
      '\t\tif (state.outrogroups !== null) {',
      '\tif (state.outrogroups !== null) {',
      '\tfor (var i = 0; i < length; i++) {',
      '\t\tif ((effect.f & INERT) !== 0) {',
    ],
    replaced: [
      ['var is_animated = (flags & EACH_IS_ANIMATED) !== 0;', 'var is_animated = false;'],
      ['if (remaining === 0) {', 'if (true) {'],
      ['controlled_anchor !== null && state.pending.size === 0;', 'controlled_anchor !== null;'],
      ['if (preserved_effects?.has(e)) {', 'if (false) {'],
      ['if ((effect.f & INERT) === 0) {', 'if (true) {'],
      ['if ((current.f & INERT) === 0 && current !== state.fallback) {', 'if (true) {'],
      ['state.pending.delete(batch);', '', 2],
      ['pending.set(batch, keys);', ''],
      // No list of ours has an `{:else}`.
      ['if (length === 0 && fallback_fn && !fallback) {', 'if (false) {'],
      ['if (fallback !== null) {\n', 'if (false) {\n'],
    ],
  },
  'internal/client/dom/blocks/branches.js': {
    without: [
      '\t\t\tif (offscreen) {',
      '\t\tif (onscreen) {',
      '\t\t\tif (this.#transition || !onscreen) {',
      '\t\t\t\tif (keys.includes(k)) {',
      '\t\t\tif (defer) {',
      '\t\tif (defer) {',
      '\t\tfor (const [b, k] of this.#batches) {',
      '\t#discard = (batch) => {',
    ],
    replaced: [
      ['\t#batches = new Map();\n', '\n'],
      ['\t#offscreen = new Map();\n', '\n'],
      ['\t#outroing = new Set();\n', '\n'],
      ['\t#transition = true;\n', '\n'],
      ['this.#transition = transition;', ''],
      ['var onscreen = this.#onscreen.get(key);', ''],
      [' || this.#outroing.has(k)', ''],
      ['this.#outroing.delete(k);', ''],
      ['#commit = (batch) => {', '#commit = (key) => {'],
      ['if (!this.#batches.has(batch)) return;', ''],
      ['var key = /** @type {Key} */ (this.#batches.get(batch));', ''],
      ['var offscreen = this.#offscreen.get(key);', ''],
      ['const keys = Array.from(this.#batches.values());', ''],
      ['var defer = should_defer_append();', ''],
      [' && !this.#offscreen.has(key)', ''],
      ['this.#batches.set(batch, key);', ''],
      ['this.#commit(batch);', 'this.#commit(key);'],
    ],
  },
  // The app is mounted once, with props only, and stays as long as the page.
  'internal/client/render.js': {
    without: ['\t\treturn () => {', '\t\t\t\tif (events) {', '\t\t\t\t\tif (counts === undefined) {'],
    replaced: [
      ['if (context) ctx.c = context;', ''],
      ['\tmounted_components.set(component, unmount);\n', '\n'],
      // Counted for the day on which it listens no more. A browser hears one listener once, however often it is added.
      ['var counts = listeners.get(node);', ''],
      ['var count = counts.get(event_name);', ''],
      ['if (count === undefined) {', 'if (true) {'],
      ['counts.set(event_name, 1);', ''],
      ['counts.set(event_name, count + 1);', ''],
    ],
  },
  // What stands in SVG is a whole <svg>, which HTML knows (`notCompiled` looks).
  'internal/client/dom/template.js': {
    replaced: [["return from_namespace(content, flags, 'svg');", 'return from_html(content, flags);']],
  },
  // The names are for spread attributes; spreading them into a list keeps them all.
  'utils.js': { replaced: [['\t...DOM_BOOLEAN_ATTRIBUTES,\n', '\n']] },
  // `style:x={v}` only, and nothing important: the policy forbids style attributes.
  'internal/client/dom/elements/style.js': {
    replaced: [['if (Array.isArray(next_styles)) {', 'if (false) {']],
  },
  'internal/shared/attributes.js': {
    without: ['\t\tif (value) {', '\t\tif (important_styles) {'],
    replaced: [
      ['if (Array.isArray(styles)) {', 'if (false) {'],
      // No attribute holds a class that a directive beside it takes away.
      ['} else if (classname.length) {', '} else if (false) {'],
      ["const whitespace = [...' \\t\\n\\r\\f\\u00a0\\u000b\\ufeff'];", ''],
    ],
  },
  // No custom elements; and what a field may hold has the same name in XHTML.
  'internal/client/dom/elements/attributes.js': {
    replaced: [
      ["[IS_CUSTOM_ELEMENT]: element.nodeName.includes('-'),", ''],
      ['[IS_HTML]: element.namespaceURI === NAMESPACE_HTML', ''],
    ],
  },
  // Nothing looks at it; but what is made at the start looks needed.
  'internal/client/constants.js': {
    replaced: [['= new (class Stale', '= /* @__PURE__ */ new (class Stale']],
  },
}
