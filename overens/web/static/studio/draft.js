// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Writing a draft: what is changed in the form is changed in the file beside it, what is typed in the file is shown in
// the form, and a mistake leads to its line. Without this each has a button, and the page is loaded anew.
(function () {
  'use strict'
  const page = document.getElementById('writing')
  const area = document.getElementById('typed-text')
  const seen = document.getElementById('seen')
  const saving = Boolean(area.form.dataset.part)
  let asking = false

  function form () { return document.getElementById('fields') }

  function place () { return document.getElementById('plats') }

  function go (where) {
    place().value = where
    const url = new URL(location.href)
    url.searchParams.set('plats', where)
    history.replaceState(null, '', url)
    seen.dispatchEvent(new CustomEvent('studio:go'))
  }

  function changed (field) {
    if (field.type === 'checkbox') return field.checked !== field.defaultChecked
    if (field.tagName === 'SELECT') return Array.from(field.options).some(function (each) { return each.selected !== each.defaultSelected }) && !(field.selectedIndex === 0 && !field.querySelector('[selected]'))
    return field.value !== field.defaultValue
  }

  function inputs () {
    return Array.from(form() ? form().elements : []).filter(function (each) { return each.name && each.name.startsWith('v:') && each.type !== 'hidden' })
  }

  // Only what this person has changed: anything else may be older than the file.
  function body (submitter) {
    const names = new Set(inputs().filter(changed).map(function (each) { return each.name }))
    const all = new FormData(form(), submitter)
    Array.from(new Set(all.keys())).forEach(function (name) { if (name.startsWith('v:') && !names.has(name)) all.delete(name) })
    all.set('text', area.value)
    return all
  }

  function say (text) {
    const box = form().querySelector('[data-field-says]')
    box.replaceChildren()
    if (!text) return
    const finding = document.createElement('div')
    finding.className = 'finding is-error'
    const words = document.createElement('p')
    words.textContent = text
    finding.append(words)
    box.append(finding)
  }

  // The cursor in the file stays at the same words.
  function put (text) {
    const before = area.value
    if (before === text) return
    let head = 0
    while (head < before.length && head < text.length && before[head] === text[head]) head++
    area.value = text
    const line = text.slice(0, head).split('\n').length
    area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight || '20'))
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }

  async function apply (submitter) {
    if (asking) return
    const sent = area.value
    const fields = body(submitter)
    asking = true
    let answer, told
    try {
      answer = await fetch(form().action, { method: 'POST', body: fields, headers: { Accept: 'application/json' }, redirect: 'manual' })
      told = answer.ok || answer.status === 422 ? await answer.json() : null
    } catch (unreached) {
      answer = null
    }
    asking = false
    if (!told) return say(answer && answer.status === 401 ? page.dataset.ended : page.dataset.broken)
    if (told.refused) return say(told.refused)
    if (area.value !== sent) return apply(submitter) // somebody typed in the file meanwhile
    say('')
    inputs().forEach(function (each) {
      if (each.type === 'checkbox') each.defaultChecked = each.checked
      else if (each.tagName === 'SELECT') Array.from(each.options).forEach(function (one) { one.defaultSelected = one.selected })
      else each.defaultValue = each.value
    })
    const moved = told.place !== place().value
    put(told.text)
    if (moved || submitter) go(told.place)
  }

  function show (line) {
    const lines = area.value.split('\n')
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
    area.focus()
    area.setSelectionRange(start, start + (lines[line - 1] || '').length)
    area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight || '20'))
    area.scrollIntoView({ block: 'nearest' })
  }

  document.addEventListener('change', function (event) {
    if (saving && event.target.form && event.target.form === form() && event.target.name.startsWith('v:')) apply()
  })
  document.addEventListener('submit', function (event) {
    if (event.target.id === 'onward') event.target.elements.text.value = area.value
    if (event.target !== form() || !saving) return
    event.preventDefault()
    apply(event.submitter && event.submitter.name === 'do' ? event.submitter : undefined)
  })
  document.addEventListener('click', function (event) {
    const line = event.target.closest('button[data-line]')
    if (line) return show(Number(line.dataset.line))
    const link = event.target.closest('a[data-place]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !place()) return
    event.preventDefault()
    go(link.dataset.place)
  })
  document.addEventListener('keydown', function (event) {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!command || event.key !== 's' || !saving) return
    event.preventDefault()
    area.form.requestSubmit()
  })

  // A field that somebody is in the middle of stays; it is changed in the file when they leave it.
  document.addEventListener('htmx:oobBeforeSwap', function (event) {
    if (inputs().some(changed)) event.detail.shouldSwap = false
  })
  let opened = []
  let top = 0
  document.addEventListener('htmx:beforeSwap', function (event) {
    if (event.detail.target !== seen) return
    opened = Array.from(page.querySelectorAll('details[open][id]'), function (each) { return each.id })
    top = document.getElementById('pane').scrollTop
  })
  document.addEventListener('htmx:afterSettle', function () {
    opened.forEach(function (id) {
      const details = document.getElementById(id)
      if (details) details.open = true
    })
    document.getElementById('pane').scrollTop = top
  })

  // What is typed is looked at all the time: no need to ask.
  const look = area.form.querySelector('[data-look]')
  if (look && saving) look.hidden = true
})()
