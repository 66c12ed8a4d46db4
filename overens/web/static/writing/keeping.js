// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Keeps in this browser what is changed in a form until it is saved, so that a session that ended or a closed window
// loses nothing. What is kept is offered again to the same person on the same page; nothing is filled in unasked. Each
// opened page keeps its own changes: two windows with one form do not write over each other.
(function () {
  const form = document.querySelector('form[data-keep]')
  if (!form) return
  const PREFIX = 'overens:form:' + form.dataset.keep + ':'
  const HERE = PREFIX + location.pathname + ':'
  const own = HERE + Math.random().toString(36).slice(2)
  const SENT = PREFIX + 'sent'
  const IGNORED = ['csrfmiddlewaretoken', 'revision', 'settles', 'do']
  const refused = form.hasAttribute('data-refused')

  function fields () {
    return Object.fromEntries(Array.from(new FormData(form)).filter(function (each) {
      return typeof each[1] === 'string' && each[1] !== '' && !IGNORED.includes(each[0])
    }))
  }

  // The server writes numbers in its own way: 700 000 kr is 700000.
  function plain (text) {
    return (text || '').replace(/\s*(kr|kronor|%)\s*$/i, '').replace(/[\s\u00a0]/g, '').replace(',', '.')
  }

  // What was changed, by field: entry is what the form held when it was opened (from) and what it holds (to).
  function changes (entry) {
    const names = Object.keys({ ...entry.from, ...entry.to })
    return Object.fromEntries(names.filter(function (name) {
      return plain(entry.from[name]) !== plain(entry.to[name])
    }).map(function (name) { return [name, entry.to[name] || ''] }))
  }

  function isSaved (entry) {
    const now = fields()
    return Object.entries(changes(entry)).every(function (each) { return plain(now[each[0]]) === plain(each[1]) })
  }

  // A full or closed store: the form works as it does without it.
  function read (store, name) {
    try {
      return JSON.parse(store.getItem(name))
    } catch {
      return null
    }
  }

  function write (store, name, value) {
    try {
      if (value === null) store.removeItem(name)
      else store.setItem(name, JSON.stringify(value))
    } catch { /* see above */ }
  }

  function entry (name) {
    const found = read(localStorage, name)
    return found && found.from && found.to ? found : null
  }

  function keptHere () {
    try {
      return Object.keys(localStorage).filter(function (name) { return name.startsWith(HERE) && entry(name) })
    } catch {
      return []
    }
  }

  function fill (changed) {
    Array.from(form.elements).forEach(function (element) {
      if (!(element.name in changed) || element.type === 'file') return
      const value = changed[element.name]
      if (element.type === 'checkbox' || element.type === 'radio') element.checked = element.value === value
      else element.value = value
    })
    form.querySelectorAll('details').forEach(function (details) { details.open = true })
    form.dispatchEvent(new Event('input', { bubbles: true }))
  }

  // names: of what is kept, the oldest first. It is saved over the revision that it was typed from, so that what somebody
  // else has written since is not overwritten unseen.
  function offer (names) {
    const box = document.getElementById('kept')
    function drop () {
      names.forEach(function (name) { write(localStorage, name, null) })
      box.hidden = true
    }
    box.hidden = false
    box.querySelector('[data-restore]').addEventListener('click', function () {
      const found = names.map(entry).filter(Boolean)
      const revision = form.elements.revision
      if (revision) revision.value = Math.min(revision.value, ...found.map(function (each) { return each.revision }))
      fill(Object.assign({}, ...found.map(changes)))
      keep()
      drop()
    })
    box.querySelector('[data-forget]').addEventListener('click', drop)
  }

  const sent = read(sessionStorage, SENT)
  const before = sent ? entry(sent) : null
  // After a refusal the page holds what was typed; what it was changed from is remembered from the time before.
  const from = refused && before ? before.from : fields()
  if (before && (refused || isSaved(before) || location.search.includes('efter='))) write(localStorage, sent, null)
  write(sessionStorage, SENT, null)
  keptHere().filter(function (name) { return isSaved(entry(name)) }).forEach(function (name) {
    write(localStorage, name, null)
  })
  const left = keptHere().sort(function (one, other) { return entry(one).at - entry(other).at })
  if (left.length && !refused) offer(left)

  let waiting = null
  function keep () {
    clearTimeout(waiting)
    waiting = null
    const revision = Number(form.elements.revision ? form.elements.revision.value : 0)
    const made = { from, to: fields(), at: Date.now(), revision }
    write(localStorage, own, Object.keys(changes(made)).length ? made : null)
  }
  if (refused) keep()
  form.addEventListener('input', function () {
    clearTimeout(waiting)
    waiting = setTimeout(keep, 400)
  })
  document.addEventListener('visibilitychange', function () {
    if (waiting !== null) keep()
  })
  form.addEventListener('submit', function () {
    keep()
    write(sessionStorage, SENT, own)
  })
})()
