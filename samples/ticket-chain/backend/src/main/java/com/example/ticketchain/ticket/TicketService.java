package com.example.ticketchain.ticket;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

import com.example.ticketchain.TicketChainProperties;
import com.example.ticketchain.account.User;
import com.example.ticketchain.account.UserRepository;
import com.example.ticketchain.badge.BadgeService;
import com.example.ticketchain.chain.Invitation;
import com.example.ticketchain.chain.InvitationRepository;
import com.example.ticketchain.common.Refusal;
import com.example.ticketchain.location.LocationService;

import lombok.RequiredArgsConstructor;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
public class TicketService {

    private static final int CODE_BYTES = 12;
    private static final int MAX_ATTEMPTS = 5;

    private final SecureRandom random = new SecureRandom();

    private final TicketRepository tickets;
    private final UserRepository users;
    private final InvitationRepository invitations;
    private final LocationService locations;
    private final BadgeService badges;
    private final TicketSigner signer;
    private final TicketEvents events;
    private final TicketChainProperties properties;
    private final Clock clock;

    @Transactional
    public TicketView generate(Long ownerId) {
        User owner = users.getReferenceById(ownerId);
        Ticket ticket = new Ticket(freeCode(), owner, clock.instant(), properties.ticketLifetime());
        return toView(tickets.save(ticket));
    }

    @Transactional(readOnly = true)
    public Page<TicketView> mine(Long ownerId, TicketStatus status, Pageable page) {
        return tickets.findByOwnerIdAndStatus(ownerId, status, page).map(this::toView);
    }

    @Transactional
    public TicketView redeem(Long userId, RedeemRequest request) {
        Ticket ticket = tickets.findByCode(signer.verify(request.token()))
                .orElseThrow(() -> Refusal.notFound("Ticket"));
        if (invitations.existsByInviteeId(userId)) {
            throw Refusal.conflict("You are part of a chain already");
        }
        Instant now = clock.instant();
        ticket.redeem(userId, now);
        Long inviterId = ticket.getOwner().getId();
        invitations.save(new Invitation(ticket.getOwner(), users.getReferenceById(userId), ticket.getId(), now));
        locations.record(userId, request.countryCode(), request.city(), request.latitude(), request.longitude());
        badges.awardInviter(inviterId, invitations.countByInviterId(inviterId));
        events.publish(new TicketEvent(TicketEvent.Kind.REDEEMED, inviterId, ticket.getId(), now));
        return toView(ticket);
    }

    /** A code is random enough to be free; the unique key decides, this only spares the caller an error. */
    private String freeCode() {
        byte[] bytes = new byte[CODE_BYTES];
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            random.nextBytes(bytes);
            String code = HexFormat.of().formatHex(bytes);
            if (!tickets.existsByCode(code)) {
                return code;
            }
        }
        throw new IllegalStateException("No free ticket code after " + MAX_ATTEMPTS + " attempts");
    }

    private TicketView toView(Ticket ticket) {
        String redeemedBy = ticket.getRedeemedBy() == null
                ? null
                : users.findById(ticket.getRedeemedBy()).map(User::getDisplayName).orElse("(left)");
        String token = ticket.getStatus() == TicketStatus.ISSUED ? signer.sign(ticket.getCode()) : null;
        return new TicketView(ticket.getId(), ticket.getStatus(), ticket.getExpiresAt(), token, redeemedBy);
    }
}
