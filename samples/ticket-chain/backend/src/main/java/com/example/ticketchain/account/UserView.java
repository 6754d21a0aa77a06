package com.example.ticketchain.account;

/** What one user may see of another. */
public record UserView(Long id, String displayName, long invited) {

    public static UserView of(User user) {
        return of(user, 0);
    }

    public static UserView of(User user, long invited) {
        return new UserView(user.getId(), user.getDisplayName(), invited);
    }
}
