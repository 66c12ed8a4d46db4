// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Counts words while one writes, shows the questions that an answer opens, and counts the minutes of whoever asked for it.
(function () {
  'use strict'
  const page = document.getElementById('writing')
  if (!page) return

  // On a narrow page the sections are swiped: the one that is open is seen first.
  const current = page.querySelector('.tabs a[aria-current]')
  if (current) current.closest('ul').scrollLeft = current.offsetLeft - current.closest('ul').offsetLeft - 24

  function count (area) {
    const shown = area.closest('form').querySelector('[data-one]')
    if (!shown) return
    const words = area.value.split(/\s+/).filter(function (each) { return /[\p{L}\p{N}]/u.test(each) }).length
    const limit = Number(area.dataset.limit || 0)
    shown.textContent = shown.dataset.one.replace('{words}', words.toLocaleString(document.documentElement.lang))
    shown.classList.toggle('is-over', limit > 0 && words > limit)
  }

  // A question whose condition is in another section stays as the server decided.
  function conditions () {
    document.querySelectorAll('.question[data-when]').forEach(function (question) {
      const choices = document.querySelector('.choices[data-question="' + CSS.escape(question.dataset.when) + '"]')
      if (!choices) return
      const chosen = choices.querySelector('input:checked')
      const decides = choices.closest('.question')
      const asked = !decides.hidden && Boolean(chosen) && question.dataset.answers.split(' ').includes(chosen.value)
      question.hidden = !asked
      const skipped = document.querySelector('[data-skipped="' + CSS.escape(question.id.slice('question-'.length)) + '"]')
      if (skipped) skipped.hidden = asked
    })
  }

  function changed (event) {
    const form = event.target.closest('form[data-part]')
    if (!form) return
    form.querySelectorAll('textarea[name=text]').forEach(count)
    conditions()
  }
  page.addEventListener('input', changed)
  page.addEventListener('overens:written', changed)

  // What is marked in an answer is what a comment is about.
  document.addEventListener('toggle', function (event) {
    const quote = event.target.open && event.target.querySelector && event.target.querySelector('[data-quotes]')
    const area = quote && document.getElementById(quote.dataset.quotes)
    if (!area || quote.value || area.selectionStart === area.selectionEnd) return
    quote.value = area.value.slice(area.selectionStart, area.selectionEnd)
  }, true)

  const measuring = document.getElementById('measuring')
  if (!measuring) return
  const BEAT = 15
  const IDLE = 60000
  const choice = ['overens', 'measure', page.dataset.person].join(':')
  const spent = ['overens', 'minutes', page.dataset.minutes, page.dataset.person].join(':')
  const box = document.getElementById('measure')
  let active = 0
  let seconds = 0
  let first = true
  function stored (name) {
    try { return localStorage.getItem(name) } catch (none) { return null }
  }
  function store (name, value) {
    try { localStorage.setItem(name, value) } catch (none) { /* not counted, then */ }
  }
  function show () {
    const minutes = Number(stored(spent) || 0)
    document.getElementById('measured').textContent = minutes ? measuring.dataset.spent.replace('{minutes}', minutes) : ''
  }
  measuring.hidden = false
  box.checked = stored(choice) === '1'
  box.addEventListener('change', function () {
    store(choice, box.checked ? '1' : '0')
    seconds = 0
  })
  ;['input', 'keydown', 'pointerdown', 'scroll'].forEach(function (what) {
    document.addEventListener(what, function () { active = Date.now() }, { passive: true })
  })
  setInterval(function () {
    if (!box.checked || document.visibilityState !== 'visible' || Date.now() - active > IDLE) return
    seconds += BEAT
    if (seconds < 60) return
    seconds -= 60
    const token = document.querySelector('input[name=csrfmiddlewaretoken]').value
    const body = new URLSearchParams({ minutes: '1', first: first ? '1' : '0', csrfmiddlewaretoken: token })
    fetch(page.dataset.minutes, { method: 'POST', body, redirect: 'manual' }).then(function (answer) {
      if (!answer.ok) return
      first = false
      store(spent, Number(stored(spent) || 0) + 1)
      show()
    }).catch(function () {})
  }, BEAT * 1000)
  show()
})()
