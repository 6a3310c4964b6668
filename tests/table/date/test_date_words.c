/* test_date_words.c: months and weekdays in the languages that have them. */
#include "table/date/date_words.h"

#include "help.h"

static const char *const months[][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"},
    {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
     "Dezember"},
    {"jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
    {"JANV", "FÉVR", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"},
};

static const char *const weekdays[][7] = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
    {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"},
    {"MO", "DI", "MI", "DO", "FR", "SA", "SO"},
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
    {"lun", "mar", "mer", "jeu", "ven", "sam", "dim"},
    {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
    {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"},
    {"星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"},
    {"周一", "周二", "周三", "周四", "周五", "周六", "周日"},
    {"礼拜一", "礼拜二", "礼拜三", "礼拜四", "礼拜五", "礼拜六", "礼拜天"},
};

/* The cursor stands behind the name, which ends where its letters do. */
static void test_names(void **state)
{
    (void)state;
    char text[64];
    for (size_t l = 0; l < sizeof months / sizeof *months; l++) {
        for (int m = 0; m < 12; m++) {
            snprintf(text, sizeof text, "%s-2024", months[l][m]);
            tsl__cursor c = {text, text + strlen(text)};
            if (tsl__month_take(&c) != m + 1 || strcmp(c.p, "-2024") != 0) {
                fail_msg("%s", text);
            }
        }
    }
    for (size_t l = 0; l < sizeof weekdays / sizeof *weekdays; l++) {
        for (int d = 0; d < 7; d++) {
            snprintf(text, sizeof text, "%s, 3", weekdays[l][d]);
            tsl__cursor c = {text, text + strlen(text)};
            if (tsl__weekday_take(&c) != d || strcmp(c.p, ", 3") != 0) {
                fail_msg("%s", text);
            }
        }
    }
}

static void test_no_names(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",     "3",    "J",    "Ja", "Janu", "Januaryy", "Marchh", "星期", "星期七", "\xC3", "Septemberseptember",
        "-Jan", " Jan", "Sunny"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tsl__cursor c = {texts[i], texts[i] + strlen(texts[i])};
        if (tsl__month_take(&c) || tsl__weekday_take(&c) != -1 || c.p != texts[i]) {
            fail_msg("%s", texts[i]);
        }
    }
    const char *whole = "Januar";
    tsl__cursor cut = {whole, whole + 3}; /* a name ends with its cell */
    assert_int_equal(tsl__month_take(&cut), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_no_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
