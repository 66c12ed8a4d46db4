// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Keeps in this browser what is typed in a form until it is saved, so that a session that ended or a closed window loses
// nothing. What is kept is offered again to the same person on the same page; nothing is filled in unasked.
(function () {
  const form = document.querySelector('form[data-keep]')
  if (!form) return
  const PREFIX = 'overens:form:' + form.dataset.keep + ':'
  const key = PREFIX + location.pathname
  const SENT = PREFIX + 'sent'
  const IGNORED = ['csrfmiddlewaretoken', 'revision', 'settles', 'do']

  function fields () {
    return Array.from(new FormData(form)).filter(function (each) {
      return typeof each[1] === 'string' && each[1] !== '' && !IGNORED.includes(each[0])
    })
  }

  // The server writes numbers in its own way: 700 000 kr is 700000.
  function plain (listed) {
    return JSON.stringify(listed.map(function (each) {
      return [each[0], each[1].replace(/\r\n/g, '\n').replace(/\s*(kr|kronor|%)\s*$/i, '').replace(/[\s\u00a0]/g, '').replace(',', '.')]
    }).sort())
  }

  function read (name) {
    try {
      return JSON.parse(localStorage.getItem(name))
    } catch {
      return null
    }
  }

  function write (name, value) {
    try {
      if (value === null) localStorage.removeItem(name)
      else localStorage.setItem(name, JSON.stringify(value))
    } catch {
      // A full or closed store: the form works as it does without it.
    }
  }

  function fill (kept) {
    Array.from(form.elements).forEach(function (element) {
      if (!element.name || IGNORED.includes(element.name) || element.type === 'file') return
      const values = kept.filter(function (each) { return each[0] === element.name }).map(function (each) { return each[1] })
      if (element.type === 'checkbox' || element.type === 'radio') element.checked = values.includes(element.value)
      else element.value = values[0] || ''
    })
    form.querySelectorAll('details').forEach(function (details) { details.open = true })
    form.dispatchEvent(new Event('input', { bubbles: true }))
  }

  function offer (kept) {
    const box = document.getElementById('kept')
    box.hidden = false
    box.querySelector('[data-restore]').addEventListener('click', function () {
      fill(kept)
      box.hidden = true
    })
    box.querySelector('[data-forget]').addEventListener('click', function () {
      write(key, null)
      box.hidden = true
    })
  }

  const refused = form.hasAttribute('data-refused')
  const sent = read(SENT)
  if (sent && !refused && sent !== key) {
    // A new row's page led on to its own when it was saved, or to an empty one for the next.
    const kept = read(sent)
    if (kept && (plain(kept) === plain(fields()) || location.search.includes('efter='))) write(sent, null)
  }
  if (sent === key && location.search.includes('efter=')) write(key, null)
  write(SENT, null)
  const kept = read(key)
  if (kept && (refused || plain(kept) === plain(fields()))) {
    if (!refused) write(key, null)
  } else if (kept) {
    offer(kept)
  }

  let waiting = null
  function keep () {
    clearTimeout(waiting)
    waiting = null
    write(key, fields())
  }
  form.addEventListener('input', function () {
    clearTimeout(waiting)
    waiting = setTimeout(keep, 400)
  })
  document.addEventListener('visibilitychange', function () {
    if (waiting !== null) keep()
  })
  form.addEventListener('submit', function () {
    keep()
    write(SENT, key)
  })
})()
