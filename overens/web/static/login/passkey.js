// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Shows what has to do with passkeys only where the browser knows them, and says when one did not work.
(function () {
  function show (selector) {
    document.querySelectorAll(selector).forEach(function (element) { element.hidden = false })
  }
  document.addEventListener('DOMContentLoaded', function () {
    show(window.PublicKeyCredential ? '[data-passkey]' : '[data-passkey-missing]')
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    show('[data-passkey-failed]')
  })
})()
