package com.example.ticketchain.account;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

import com.example.ticketchain.chain.InvitationRepository;
import com.example.ticketchain.common.Refusal;
import com.example.ticketchain.security.TokenIssuer;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
public class AccountService {

    private final UserRepository users;
    private final InvitationRepository invitations;
    private final PasswordEncoder passwords;
    private final TokenIssuer tokens;
    private final Clock clock;

    @Transactional
    public UserView register(String email, String displayName, String password) {
        String address = normalised(email);
        if (users.existsByEmail(address)) {
            throw Refusal.conflict("This address is registered already");
        }
        return UserView.of(users.save(new User(address, displayName, passwords.encode(password), clock.instant())));
    }

    public Jwt login(String email, String password) {
        return users.findByEmail(normalised(email))
                .filter(user -> passwords.matches(password, user.getPasswordHash()))
                .map(user -> tokens.issue(user.getId(), user.getRole().name()))
                .orElseThrow(() -> new Refusal(HttpStatus.UNAUTHORIZED, "Unknown address or wrong password"));
    }

    @Transactional(readOnly = true)
    public UserView profile(Long userId) {
        return users.findById(userId)
                .map(user -> UserView.of(user, invitations.countByInviterId(user.getId())))
                .orElseThrow(() -> Refusal.notFound("User"));
    }

    @Transactional(readOnly = true)
    public List<UserView> directory(Long exceptUserId) {
        return users.findAll().stream()
                .filter(user -> !user.getId().equals(exceptUserId))
                .map(UserView::of)
                .toList();
    }

    private static String normalised(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
