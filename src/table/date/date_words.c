/* date_words.c: finds names of months and weekdays. */
#include "table/date/date_words.h"

#define LONGEST_WORD 12

typedef struct date_word {
    char text[LONGEST_WORD];
    int value;
} date_word;

/* Without accents: Jänner, février, März, août. */
static const date_word months[] = {
    {"jan", 1},       {"january", 1},   {"januar", 1},     {"janner", 1},     {"janv", 1},      {"janvier", 1},
    {"ene", 1},       {"enero", 1},     {"feb", 2},        {"february", 2},   {"februar", 2},   {"fev", 2},
    {"fevr", 2},      {"fevrier", 2},   {"febrero", 2},    {"mar", 3},        {"march", 3},     {"mrz", 3},
    {"marz", 3},      {"mars", 3},      {"marzo", 3},      {"apr", 4},        {"april", 4},     {"avr", 4},
    {"avril", 4},     {"abr", 4},       {"abril", 4},      {"may", 5},        {"mai", 5},       {"mayo", 5},
    {"jun", 6},       {"june", 6},      {"juni", 6},       {"juin", 6},       {"junio", 6},     {"jul", 7},
    {"july", 7},      {"juli", 7},      {"juil", 7},       {"juillet", 7},    {"julio", 7},     {"aug", 8},
    {"august", 8},    {"aout", 8},      {"ago", 8},        {"agosto", 8},     {"sep", 9},       {"sept", 9},
    {"september", 9}, {"septembre", 9}, {"set", 9},        {"septiembre", 9}, {"setiembre", 9}, {"oct", 10},
    {"okt", 10},      {"october", 10},  {"oktober", 10},   {"octobre", 10},   {"octubre", 10},  {"nov", 11},
    {"november", 11}, {"novembre", 11}, {"noviembre", 11}, {"dec", 12},       {"dez", 12},      {"dic", 12},
    {"december", 12}, {"dezember", 12}, {"decembre", 12},  {"diciembre", 12},
};

static const date_word weekdays[] = {
    {"mon", 0},        {"monday", 0},    {"tue", 1},      {"tues", 1},     {"tuesday", 1},  {"wed", 2},
    {"wednesday", 2},  {"thu", 3},       {"thur", 3},     {"thurs", 3},    {"thursday", 3}, {"fri", 4},
    {"friday", 4},     {"sat", 5},       {"saturday", 5}, {"sun", 6},      {"sunday", 6},   {"mo", 0},
    {"montag", 0},     {"di", 1},        {"dienstag", 1}, {"mi", 2},       {"mittwoch", 2}, {"do", 3},
    {"donnerstag", 3}, {"fr", 4},        {"freitag", 4},  {"sa", 5},       {"samstag", 5},  {"sonnabend", 5},
    {"so", 6},         {"sonntag", 6},   {"lun", 0},      {"lundi", 0},    {"mar", 1},      {"mardi", 1},
    {"mer", 2},        {"mercredi", 2},  {"jeu", 3},      {"jeudi", 3},    {"ven", 4},      {"vendredi", 4},
    {"sam", 5},        {"samedi", 5},    {"dim", 6},      {"dimanche", 6}, {"lunes", 0},    {"martes", 1},
    {"mie", 2},        {"miercoles", 2}, {"jue", 3},      {"jueves", 3},   {"vie", 4},      {"viernes", 4},
    {"sab", 5},        {"sabado", 5},    {"dom", 6},      {"domingo", 6},
};

/* The plain letter of one behind the byte 0xC3 of UTF-8 (á à ä é è ê û ü and their capitals), or 0. */
static char strip_accent(unsigned char second)
{
    switch (second | 0x20) {
    case 0xA0:
    case 0xA1:
    case 0xA4:
        return 'a';
    case 0xA8:
    case 0xA9:
    case 0xAA:
        return 'e';
    case 0xBB:
    case 0xBC:
        return 'u';
    default:
        return 0;
    }
}

/* The word of letters that begins here, plain and small; its length in bytes of the cell, 0 for none that fits. */
static size_t read_word(const tsl__cursor *c, char word[LONGEST_WORD])
{
    size_t n = 0;
    const char *p = c->p;
    while (p < c->end) {
        char letter = tsl__lower(*p);
        if (tsl__is_lower(letter)) {
            p++;
        } else if ((unsigned char)*p == 0xC3 && p + 1 < c->end && (letter = strip_accent((unsigned char)p[1]))) {
            p += 2;
        } else {
            break;
        }
        if (n + 1 == LONGEST_WORD) {
            return 0;
        }
        word[n++] = letter;
    }
    word[n] = '\0';
    return (size_t)(p - c->p);
}

static int find_word(tsl__cursor *c, const date_word *words, size_t count, int none)
{
    char word[LONGEST_WORD];
    size_t n = read_word(c, word);
    for (size_t i = 0; n && i < count; i++) {
        if (words[i].text[0] == word[0] && strcmp(words[i].text, word) == 0) {
            c->p += n;
            return words[i].value;
        }
    }
    return none;
}

int tsl__month_take(tsl__cursor *c)
{
    return find_word(c, months, sizeof months / sizeof *months, 0);
}

static int take_chinese_weekday(tsl__cursor *c)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
    tsl__cursor at = *c;
    if (!tsl__cursor_take(&at, "星期") && !tsl__cursor_take(&at, "周") && !tsl__cursor_take(&at, "礼拜")) {
        return -1;
    }
    for (int i = 0; i < 8; i++) {
        if (tsl__cursor_take(&at, numerals[i])) {
            *c = at;
            return i < 7 ? i : 6;
        }
    }
    return -1;
}

int tsl__weekday_take(tsl__cursor *c)
{
    int day = take_chinese_weekday(c);
    return day >= 0 ? day : find_word(c, weekdays, sizeof weekdays / sizeof *weekdays, -1);
}
