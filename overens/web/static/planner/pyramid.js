// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Ages moving in time: a slider and a button in place of the links by year. All years are on the page already; one is
// shown. Nothing moves by itself, and where motion is not wanted there is no button that makes it.
(function () {
  'use strict'
  const STEP = 600 // milliseconds a year

  function begin (section) {
    const frames = Array.from(section.querySelectorAll('[data-frame]'))
    const box = section.querySelector('[data-slider]')
    if (frames.length < 2 || box.childElementCount) return
    let at = Math.max(0, frames.findIndex(function (each) { return !each.hidden }))
    let playing = 0

    const label = document.createElement('label')
    const range = document.createElement('input')
    const told = document.createElement('output')
    range.type = 'range'
    range.min = 0
    range.max = frames.length - 1
    range.value = at
    label.append(section.dataset.year + ' ', range)
    box.append(label, told)

    function show (place) {
      at = place
      frames.forEach(function (each, number) { each.hidden = number !== place })
      told.textContent = frames[place].dataset.frame
      range.value = place
      range.setAttribute('aria-valuetext', told.textContent)
    }

    range.addEventListener('input', function () { pause(); show(Number(range.value)) })

    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button'
    button.textContent = section.dataset.play

    function pause () {
      clearInterval(playing)
      playing = 0
      button.textContent = section.dataset.play
    }

    function step () {
      if (!section.isConnected || at === frames.length - 1) return pause()
      show(at + 1)
    }

    button.addEventListener('click', function () {
      if (playing) return pause()
      if (at === frames.length - 1) show(0)
      button.textContent = section.dataset.pause
      playing = setInterval(step, STEP)
    })
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) box.append(button)

    section.querySelector('[data-years]').hidden = true
    box.hidden = false
    show(at)
  }

  function all () { document.querySelectorAll('[data-moving]').forEach(begin) }
  all()
  document.addEventListener('htmx:load', all)
})()
