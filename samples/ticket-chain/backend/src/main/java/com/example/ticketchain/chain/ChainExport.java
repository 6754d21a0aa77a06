package com.example.ticketchain.chain;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.example.ticketchain.account.User;
import com.example.ticketchain.account.UserRepository;
import com.example.ticketchain.common.Chunks;

import lombok.RequiredArgsConstructor;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** {@code --ticketchain.export=FILE}: writes who is in a chain, once, for an operator. */
@Component
@RequiredArgsConstructor
@ConditionalOnProperty("ticketchain.export")
public class ChainExport implements ApplicationRunner {

    private static final int CHUNK = 500;

    private final InvitationRepository invitations;
    private final UserRepository users;

    @Value("${ticketchain.export}")
    private Path target;

    @Override
    @Transactional(readOnly = true)
    public void run(ApplicationArguments arguments) throws IOException {
        List<Long> inviteeIds = invitations.findAll().stream().map(link -> link.getInvitee().getId()).toList();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(target))) {
            for (List<Long> chunk : Chunks.of(inviteeIds, CHUNK)) {
                for (User user : users.findAllById(chunk)) {
                    out.println(user.getId() + "," + user.getEmail());
                }
            }
        }
    }
}
