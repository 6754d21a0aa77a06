package com.example.ticketchain.ticket;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A token and where it was redeemed. */
public record RedeemRequest(
        @NotBlank @Size(max = 200) String token,
        @NotBlank @Pattern(regexp = "[A-Z]{2}") String countryCode,
        @NotBlank @Size(max = 120) String city,
        @Min(-90) @Max(90) double latitude,
        @Min(-180) @Max(180) double longitude) {
}
