package io.castloom.domain.queue;

/** A message of a batch that was not sent, and why; the others were. */
public record SendFailure<T>(Outgoing<T> message, String reason) {}
