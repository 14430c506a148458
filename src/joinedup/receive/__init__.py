"""Every message as it came. In: a notice as JSON or CSV, by API, file, form, a provider's link or an office's hand: all
through one action. Out: a receipt after the durable commit, and readings (notices) for flow to bring on. What cannot be
read, and two bodies under one id, wait here for a person; nothing that was acknowledged is ever lost or refused."""
