/* total_words.c: takes counts and periods away from the words of a text. */
#include "table/names/total_words.h"

#include <string.h>

#include "table/date/date_words.h"
#include "table/names/role_names.h"

/* As tsl__name_fold leaves them, between bars. */
static const char around[] =
    "|for|of|the|in|per|all|from|to|year|month|week|quarter|day|monthly|weekly|quarterly|yearly|annual|daily|period|"
    "records|record|rows|row|items|item|lines|line|entries|customers|customer|clients|client|orders|order|"
    "fur|monat|jahr|woche|quartal|kunden|zeilen|bestellungen|pour|de|du|des|mois|annee|semaine|trimestre|lignes|"
    "commandes|del|mes|ano|semana|filas|pedidos|clientes|за|год|месяц|строк|"
    "年|月|日|周|季度|季|年度|月度|本月|本年|人|笔|条|行|单|项|个|户|名|位|件|客户|订单|件数|名様|";

/* What a byte is of. Letters of two bytes are like those of one: für, Итого. */
typedef enum part { MARK, DIGIT, LETTER, SIGN } part;

static part find_part(const unsigned char *c, size_t *bytes)
{
    *bytes = c[0] < 0x80 ? 1 : c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < *bytes; i++) {
        *bytes = c[i] ? *bytes : i;
    }
    if (*bytes == 1) {
        return tsl__is_digit((char)c[0]) ? DIGIT : tsl__is_lower(tsl__lower((char)c[0])) ? LETTER : MARK;
    }
    /* 、。（ and ： of full width, and their like */
    const int is_mark = c[0] == 0xE3 && c[1] == 0x80;
    return *bytes == 2                                                                                  ? LETTER
           : is_mark || (c[0] == 0xEF && c[1] == 0xBC && (c[2] < 0x90 || (c[2] > 0x99 && c[2] < 0xA1))) ? MARK
                                                                                                        : SIGN;
}

/* A number, a quarter (q1, h2, w12), a month by name, or one of the words. */
static int is_around(const char *word, size_t n)
{
    const size_t letters = strcspn(word, "0123456789");
    tsl__cursor c = {word, word + n};
    return strspn(word + letters, "0123456789") == n - letters && letters < n
               ? letters == 0 ||
                     (letters <= 2 && tsl__name_is_among((tsl__span){word, letters}, "|q|h|w|m|t|fy|kw|cw|"))
               : (tsl__month_take(&c) && c.p == c.end) || tsl__name_is_among((tsl__span){word, n}, around);
}

/* Signs stand without blanks, as those of a period in front: 年度合计. How many bytes of them are such words. */
static size_t count_front(const char *signs, size_t n)
{
    size_t front = 0;
    for (size_t word = 9; word > 0; word -= 3) {
        while (front + word < n && is_around(signs + front, word)) {
            front += word;
        }
    }
    return front;
}

#define MOST_BYTES 64

int tsl__total_words_strip(const char *text, char *out, size_t size)
{
    const unsigned char *c = (const unsigned char *)text;
    size_t left = 0, taken = 0, bytes;
    while (*c) {
        char word[MOST_BYTES];
        size_t n = 0;
        const part first = find_part(c, &bytes);
        part before = first;
        for (part next = first; *c && (next == before || (before == LETTER && next == DIGIT));) {
            if (n + bytes >= sizeof word) {
                return 0;
            }
            memcpy(word + n, c, bytes);
            n += bytes;
            c += bytes;
            before = next;
            next = *c ? find_part(c, &bytes) : MARK;
        }
        word[n] = '\0';
        const size_t front = first == MARK || is_around(word, n) ? n : first == SIGN ? count_front(word, n) : 0;
        if (left + n - front >= size) {
            return 0;
        }
        taken += first != MARK && front > 0;
        memcpy(out + left, word + front, n - front);
        left += n - front;
    }
    out[left] = '\0';
    return taken > 0 && left > 0;
}
