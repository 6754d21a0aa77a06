package com.example.ticketchain.account;

public enum UserRole {
    MEMBER,
    ADMIN
}
