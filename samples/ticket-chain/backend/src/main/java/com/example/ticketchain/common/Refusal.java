package com.example.ticketchain.common;

import org.springframework.http.HttpStatus;

/** A request that is well-formed but can't be served. */
public class Refusal extends RuntimeException {

    private final transient HttpStatus status;

    public Refusal(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    public static Refusal notFound(String what) {
        return new Refusal(HttpStatus.NOT_FOUND, what + " not found");
    }

    public static Refusal conflict(String message) {
        return new Refusal(HttpStatus.CONFLICT, message);
    }

    public HttpStatus status() {
        return status;
    }
}
