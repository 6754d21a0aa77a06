package com.example.ticketchain.location;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Country names, from the JDK's own table. */
public final class Countries {

    private static final List<String> CODES = Arrays.stream(Locale.getISOCountries()).sorted().toList();

    private Countries() {
    }

    public static String findByCode(String code) {
        return new Locale("", code).getDisplayCountry(Locale.ENGLISH);
    }

    public static List<String> findAll() {
        return CODES;
    }
}
