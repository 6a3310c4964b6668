/* personal_text.c: e-mail addresses, telephone numbers, identity numbers and bank accounts, by their form. */
#include "table/cell/personal_text.h"

#include "base/text.h"

#include <string.h>

#define MOST_DIGITS 15 /* of a telephone number: ITU-T E.164 */
#define LEAST_DIGITS 10
#define CITIZEN_DIGITS 18
#define IBAN_LEAST 15
#define IBAN_MOST 34

static int is_mail(tsl__span text)
{
    const char *at = memchr(text.s, '@', text.n), *end = text.s + text.n;
    return at && at > text.s && !memchr(text.s, ' ', text.n) && !memchr(at + 1, '@', (size_t)(end - at - 1)) &&
           memchr(at, '.', (size_t)(end - at)) && end[-1] != '.';
}

/* Digits between signs, and how many there are in each run of them: "212-555-0123" is 3, 3, 4. 0: there is another
 * character, or there are too many. */
static size_t read_digits(tsl__span text, char digits[MOST_DIGITS + 1], char *runs, size_t room)
{
    size_t n = 0, run = 0, count = 0;
    for (size_t i = 0; i <= text.n; i++) {
        const char c = i < text.n ? text.s[i] : ' ';
        if (tsl__is_digit(c)) {
            if (n == MOST_DIGITS) {
                return 0;
            }
            digits[n++] = c;
            run++;
        } else if (!strchr(" -()", c)) {
            return 0;
        } else if (run) {
            if (count + 1 < room) {
                runs[count++] = (char)('0' + run % 10);
            }
            run = 0;
        }
    }
    digits[n] = runs[count] = '\0';
    return n;
}

/* With the code of a country; a Chinese mobile number; one that is written as in North America. */
static int is_phone(tsl__span text)
{
    char digits[MOST_DIGITS + 1], runs[8];
    const int plus = text.n > 1 && text.s[0] == '+';
    const size_t n = read_digits((tsl__span){text.s + plus, text.n - (size_t)plus}, digits, runs, sizeof runs);
    const char *own = strncmp(digits, "86", 2) == 0 && n == 13 ? digits + 2 : digits;
    if (n < LEAST_DIGITS) {
        return 0;
    }
    return plus ? *digits != '0' : (strlen(own) == 11 && own[0] == '1' && own[1] >= '3') || strcmp(runs, "334") == 0;
}

/* ISO 7064, MOD 11-2; the first six digits are a place, the next eight a day. */
static int is_citizen(tsl__span text)
{
    static const int weight[CITIZEN_DIGITS - 1] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    if (text.n != CITIZEN_DIGITS || text.s[0] == '0') {
        return 0;
    }
    for (int i = 0; i < CITIZEN_DIGITS - 1; i++) {
        if (!tsl__is_digit(text.s[i])) {
            return 0;
        }
        sum += weight[i] * (text.s[i] - '0');
    }
    const char last = text.s[CITIZEN_DIGITS - 1];
    return "10X98765432"[sum % 11] == (last == 'x' ? 'X' : last) &&
           (memcmp(text.s + 6, "19", 2) == 0 || memcmp(text.s + 6, "20", 2) == 0);
}

/* Its letters count as 10 to 35, its first four characters stand last: the rest by 97 is 1. */
static int is_account(tsl__span text)
{
    char plain[IBAN_MOST];
    size_t n = 0;
    unsigned rest = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.s[i];
        const int well = tsl__is_digit(c) || (c >= 'A' && c <= 'Z');
        if (c == ' ') {
            continue;
        }
        if (!well || n == IBAN_MOST || (n < 2 && tsl__is_digit(c)) || (n >= 2 && n < 4 && !tsl__is_digit(c))) {
            return 0;
        }
        plain[n++] = c;
    }
    for (size_t i = 0; i < n && n >= IBAN_LEAST; i++) {
        const char c = plain[(i + 4) % n];
        rest = tsl__is_digit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97 : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
    return rest == 1;
}

tsl__personal tsl__personal_find(tsl__span text)
{
    return is_mail(text)      ? TSL__PERSONAL_MAIL
           : is_phone(text)   ? TSL__PERSONAL_PHONE
           : is_citizen(text) ? TSL__PERSONAL_CITIZEN
           : is_account(text) ? TSL__PERSONAL_ACCOUNT
                              : TSL__PERSONAL_NONE;
}

const char *tsl__personal_get_name(tsl__personal kind)
{
    static const char *const names[TSL__PERSONALS] = {"", "e-mail addresses", "telephone numbers", "identity numbers",
                                                      "bank accounts"};
    return names[kind];
}
