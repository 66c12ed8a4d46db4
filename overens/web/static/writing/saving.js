// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Saves each part (an answer, a passage) by itself while it is typed, over the revision that it was typed from; the server
// merges what others wrote meanwhile. What the server does not have yet is kept in this browser too, and offered again if
// it was not saved.
(function () {
  'use strict'
  const page = document.getElementById('writing')
  if (!page) return
  const said = page.dataset
  const PAUSE = 2000
  const RETRY = 10000
  const POLL = 20000
  const MONTH = 30 * 24 * 60 * 60 * 1000
  const ALONE = 5 * 60 * 1000
  const tab = Math.random().toString(36).slice(2)
  const parts = []
  let ended = false

  function fields (part) {
    return Array.from(part.form.elements).filter(function (each) {
      return each.name && each.type !== 'hidden' && each.type !== 'submit'
    })
  }

  function read (part) {
    const found = {}
    fields(part).forEach(function (each) {
      if (each.type !== 'radio') found[each.name] = each.value
      else if (each.checked) found[each.name] = each.value
      else if (!(each.name in found)) found[each.name] = ''
    })
    return found
  }

  function same (one, other) {
    return Object.keys({ ...one, ...other }).every(function (name) { return (one[name] || '') === (other[name] || '') })
  }

  // Puts a text where somebody may be writing: the cursor stays at the same words.
  function put (area, text) {
    const before = area.value
    if (before === text) return
    let head = 0
    while (head < before.length && head < text.length && before[head] === text[head]) head++
    const grown = text.length - before.length
    function moved (place) {
      return place <= head ? place : Math.max(head, Math.min(text.length, place + grown))
    }
    const [start, end, top] = [moved(area.selectionStart), moved(area.selectionEnd), area.scrollTop]
    area.value = text
    if (document.activeElement === area) area.setSelectionRange(start, end)
    area.scrollTop = top
  }

  function write (part, content) {
    fields(part).forEach(function (each) {
      const value = content[each.name] || ''
      if (each.type === 'radio') each.checked = each.value === value
      else put(each, value)
    })
    part.form.dispatchEvent(new CustomEvent('overens:written', { bubbles: true }))
  }

  function status (part, text) {
    part.status.textContent = text
  }

  // One message at a part, with links or buttons; none when there is no text.
  function tell (part, level, text, ways) {
    part.says.replaceChildren()
    if (!text) return
    const box = document.createElement('div')
    box.className = 'finding is-' + level
    const body = document.createElement('div')
    body.className = 'finding__body'
    const words = document.createElement('p')
    words.textContent = text
    body.append(words)
    const row = document.createElement('p')
    row.className = 'cluster'
    ;(ways || []).forEach(function (way) {
      const made = document.createElement(way.href ? 'a' : 'button')
      made.textContent = way.label
      if (way.href) made.href = way.href
      else {
        made.type = 'button'
        made.className = 'button is-small'
        made.addEventListener('click', way.act)
      }
      row.append(made)
    })
    if (row.children.length) body.append(row)
    box.append(body)
    part.says.append(box)
  }

  // In this browser, until the server has it. The person's number is in the name: nobody else is offered it.
  function place (part) {
    return ['overens', said.subject, part.key, said.person, ''].join(':')
  }

  function keep (part) {
    const entry = { base: part.base, over: part.over, values: read(part), at: Date.now() }
    try { localStorage.setItem(place(part) + tab, JSON.stringify(entry)) } catch (full) { /* the page still has it */ }
  }

  function forget (part) {
    try { localStorage.removeItem(place(part) + tab) } catch (none) { /* no storage, nothing kept */ }
  }

  function kept (part) {
    const found = []
    try {
      Object.keys(localStorage).forEach(function (name) {
        if (!name.startsWith(place(part))) return
        const entry = JSON.parse(localStorage.getItem(name))
        if (entry && entry.values) found.push({ name, entry })
      })
    } catch (none) { /* no storage */ }
    return found.sort(function (a, b) { return b.entry.at - a.entry.at })
  }

  function offer (part) {
    const found = kept(part)
    const newest = found[0]
    if (!newest) return
    function drop () {
      found.forEach(function (each) { localStorage.removeItem(each.name) })
      tell(part, 'note', '')
    }
    if (same(newest.entry.values, read(part))) return drop()
    const time = new Date(newest.entry.at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' })
    tell(part, 'warning', said.kept.replace('{at}', time), [
      {
        label: said.restore,
        act: function () {
          drop()
          part.base = newest.entry.base
          part.over = newest.entry.over
          write(part, newest.entry.values)
          typed(part)
          save(part)
        }
      },
      { label: said.drop, act: drop }
    ])
  }

  function typed (part) {
    part.refused = false
    keep(part)
    status(part, said.waits)
    later(part, PAUSE)
  }

  function later (part, wait) {
    clearTimeout(part.timer)
    part.timer = setTimeout(function () { save(part) }, wait)
  }

  function dirty (part) {
    return part.known === null || !same(read(part), part.known)
  }

  async function save (part, leaving) {
    clearTimeout(part.timer)
    if (part.sending || part.refused || !dirty(part)) {
      if (!part.sending && !dirty(part)) forget(part)
      return
    }
    const values = read(part)
    const body = new URLSearchParams(values)
    body.set('base', part.base)
    if (part.over) body.set('over', 'typed')
    body.set('csrfmiddlewaretoken', part.form.elements.csrfmiddlewaretoken.value)
    part.sending = true
    status(part, said.saving)
    let answer, told
    try {
      answer = await fetch(part.form.action, {
        method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', keepalive: Boolean(leaving)
      })
      told = answer.ok || answer.status === 422 ? await answer.json() : null
    } catch (unreached) {
      answer = null
    }
    part.sending = false
    if (answer && answer.ok) return saved(part, values, told)
    keep(part)
    if (answer && answer.status === 422) {
      part.refused = true
      status(part, said.waits)
      return tell(part, 'error', told.refused)
    }
    if (answer && answer.status === 413) {
      part.refused = true
      status(part, said.waits)
      return tell(part, 'error', said.long)
    }
    if (answer && (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403)) return loggedOut(part)
    status(part, said.waits)
    tell(part, 'warning', said.lost)
    part.lost = true
    later(part, RETRY)
  }

  function loggedOut (part) {
    ended = true
    status(part, said.waits)
    const back = said.login + '?next=' + encodeURIComponent(location.pathname)
    tell(part, 'warning', said.ended, [{ label: said.again, href: back }])
  }

  function saved (part, values, told) {
    ended = false
    part.known = values
    if (part.lost) tell(part, 'note', '')
    part.lost = false
    if (told.choose) {
      part.base = told.made
      part.over = true
    } else if (same(read(part), values)) {
      part.base = told.revision
      part.over = false
      part.known = told.content
      write(part, told.content)
    } else if (told.made !== null) {
      part.base = told.made
      part.over = true // what was typed there, whatever it became
    }
    if (told.choose) tell(part, 'warning', said.clash, [{ label: said.choose, href: told.choose }])
    else if (told.others.length) tell(part, 'note', said.others.replace('{who}', told.others.join(', ')))
    else if (told.note) tell(part, 'note', told.note)
    else if (part.says.querySelector('.is-error')) tell(part, 'note', '')
    if (dirty(part)) {
      keep(part)
      later(part, PAUSE)
    } else {
      forget(part)
      status(part, said.saved.replace('{at}', told.at))
    }
    part.form.dispatchEvent(new CustomEvent('overens:saved', { bubbles: true }))
  }

  // What others have saved, where nothing of one's own waits. Not for ever: a session is to end where nobody is.
  let active = Date.now()
  ;['input', 'keydown', 'pointerdown', 'scroll'].forEach(function (what) {
    document.addEventListener(what, function () { active = Date.now() }, { passive: true })
  })
  async function look () {
    if (document.visibilityState !== 'visible' || ended || Date.now() - active > ALONE) return
    let found
    try {
      const answer = await fetch(said.state, { headers: { Accept: 'application/json' }, redirect: 'manual' })
      if (!answer.ok) return
      found = (await answer.json()).parts
    } catch (unreached) {
      return
    }
    parts.forEach(function (part) {
      const now = found[part.key]
      if (!now || now.revision <= part.base || part.sending || part.over || dirty(part)) return
      part.base = now.revision
      part.known = now.content
      write(part, now.content)
      status(part, said.newer.replace('{who}', now.who).replace('{at}', now.at))
    })
  }

  // What nobody has come back for in a month goes, whoever typed it.
  try {
    Object.keys(localStorage).filter(function (name) { return name.startsWith('overens:') }).forEach(function (name) {
      const entry = JSON.parse(localStorage.getItem(name))
      if (entry && entry.values && Date.now() - entry.at > MONTH) localStorage.removeItem(name)
    })
  } catch (none) { /* no storage */ }

  document.querySelectorAll('form[data-part]').forEach(function (form) {
    const part = {
      form,
      key: form.dataset.part,
      status: form.querySelector('[data-saved-at]'),
      says: form.querySelector('[data-says]'),
      base: Number(form.elements.base.value),
      over: false,
      sending: false
    }
    part.known = read(part)
    // A page that was refused shows what was typed, which the server does not have.
    if (form.querySelector('[aria-invalid]')) part.known = null
    parts.push(part)
    form.classList.add('is-saving-itself')
    form.addEventListener('input', function () { typed(part) })
    form.addEventListener('focusout', function () { if (dirty(part)) save(part) })
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      part.refused = false
      save(part)
    })
    offer(part)
  })

  function leave () {
    parts.forEach(function (part) {
      if (dirty(part)) {
        keep(part)
        save(part, true)
      }
    })
  }
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') leave()
    else look()
  })
  window.addEventListener('pagehide', leave)
  window.addEventListener('online', function () { parts.forEach(function (part) { save(part) }) })
  // Back to a page that the browser had put away as it was.
  window.addEventListener('pageshow', function (event) { if (event.persisted) look() })
  setInterval(look, POLL)
})()
