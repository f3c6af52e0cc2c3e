/*
 * Runs before everything else, in every engine that has ever shown a web page: says in a sentence why there is no app,
 * where there would be a white page. So it is a classic script, in the JavaScript of 2009, and stands alone.
 */
/* global __START_WORDS__ */
;(function () {
  var words = __START_WORDS__
  var isLost = false

  function say(title, text, onReload) {
    var target = document.getElementById('app')
    if (!target) return
    // Where kept mail is shown, it lies over its lower edge (base.css): that can still be read.
    var main = document.createElement('div')
    main.className = 'start'
    main.setAttribute('role', 'alert')
    function add(name, text) {
      var part = document.createElement(name)
      part.appendChild(document.createTextNode(text))
      return main.appendChild(part)
    }
    add('h1', title)
    add('p', text)
    if (onReload) {
      var button = add('button', words.reload)
      button.className = 'btn fill'
      button.onclick = onReload
    }
    target.appendChild(main)
    document.documentElement.setAttribute('data-sync', 'error')
  }

  /** What is kept of the app may be what is broken: it is asked of the server, and kept anew. */
  function loadAgain() {
    function reload() {
      location.reload()
    }
    if (navigator.onLine === false || !navigator.serviceWorker) reload()
    else
      navigator.serviceWorker
        .getRegistration()
        .then(function (registration) {
          return registration && registration.unregister()
        })
        .then(reload, reload)
  }

  // What came last of all that the app uses: Safari 17.4, Firefox 121, Chromium 119 (docs: README).
  if (!window.Promise || !Promise.withResolvers || !Object.groupBy) {
    say(words.oldTitle, words.old)
    return
  }
  // `error` does not bubble, and is seen on its way down.
  window.addEventListener(
    'error',
    function (event) {
      var element = event.target
      if (isLost || !element || element.tagName !== 'SCRIPT') return
      isLost = true
      say(words.lostTitle, words.lost, loadAgain)
    },
    true,
  )
})()
