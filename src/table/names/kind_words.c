/* kind_words.c: the words of kinds of interactions. */
#include "table/names/kind_words.h"

#include <string.h>

#include "base/text.h"
#include "table/names/role_names.h"

#define KIND_BYTES 256 /* of a kind that are looked at */
#define WORD_BYTES 64

static const struct {
    unsigned flag;
    const char *words;   /* small, without accents, between bars */
    const char *ends;    /* likewise, with which a word may end; NULL: none */
    const char *chinese; /* texts amid others */
} known[] = {
    {TSL__KIND_VISIT,
     "|visit|visits|visited|session|sessions|browse|browsed|browsing|view|views|viewed|pageview|pageviews|screenview|"
     "click|clicks|clicked|visite|visites|vue|vues|clic|clics|visita|visitas|vista|vistas|sesion|sesiones|",
     "|besuch|besuche|sitzung|sitzungen|seitenaufruf|seitenaufrufe|seitenansicht|seitenansichten|klick|klicks|",
     "|浏览|访问|点击|会话|"},
    {TSL__KIND_SERVICE,
     "|service|services|support|contact|contacts|contacted|ticket|tickets|call|calls|called|callback|callbacks|"
     "helpdesk|hotline|appel|appels|assistance|sav|llamada|llamadas|contacto|contactos|soporte|servicio|servicios|"
     "asistencia|",
     "|anruf|anrufe|ruckruf|rueckruf|kontakt|kontakte|kundendienst|kundenservice|", "|客服|服务|来电|工单|"},
    {TSL__KIND_COMPLAINT,
     "|complaint|complaints|complain|complains|complained|plainte|plaintes|reclamation|reclamations|reclamacion|"
     "reclamaciones|reclamo|reclamos|queja|quejas|",
     "|beschwerde|beschwerden|reklamation|reklamationen|beanstandung|beanstandungen|", "|投诉|"},
};
#define KNOWN (sizeof known / sizeof *known)

/* Behind which a word says that there was none. */
static const char denials[] = "|no|not|without|non|kein|keine|keinen|ohne|nicht|sans|pas|aucun|aucune|sin|ninguna|";
static const char *const chinese_denials[] = {"无", "没有", "未", "非"};

/* 1: the word, or (ends) the last part of it, stands between the bars of a list. */
static int is_listed(const char *word, const char *list, int ends)
{
    const size_t length = strlen(word);
    for (const char *at = list; at && at[1]; at = strchr(at + 1, '|')) {
        const size_t n = strcspn(at + 1, "|");
        if (n <= length && (ends || n == length) && memcmp(word + length - n, at + 1, n) == 0) {
            return 1;
        }
    }
    return 0;
}

static unsigned find_word(const char *word)
{
    unsigned flags = 0;
    for (size_t i = 0; i < KNOWN; i++) {
        const int is_known = is_listed(word, known[i].words, 0) || (known[i].ends && is_listed(word, known[i].ends, 1));
        flags |= is_known ? known[i].flag : 0;
    }
    return flags;
}

static int is_denied(const char *kind, const char *at)
{
    for (size_t i = 0; i < sizeof chinese_denials / sizeof *chinese_denials; i++) {
        const size_t n = strlen(chinese_denials[i]);
        if ((size_t)(at - kind) >= n && memcmp(at - n, chinese_denials[i], n) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Chinese has no blanks: its texts are looked for anywhere. */
static unsigned find_chinese(const char *kind)
{
    unsigned flags = 0;
    for (size_t i = 0; i < KNOWN; i++) {
        for (const char *text = known[i].chinese; text[1]; text += 1 + strcspn(text + 1, "|")) {
            char word[WORD_BYTES];
            const size_t n = strcspn(text + 1, "|");
            memcpy(word, text + 1, n);
            word[n] = '\0';
            const char *at = strstr(kind, word);
            flags |= at && !is_denied(kind, at) ? known[i].flag : 0;
        }
    }
    return flags;
}

/* "View" in "pageView", but not "CL" in the "ReCL" that folded accents leave. */
static int begins_word(const char *text, const char *c)
{
    return c > text && tsl__is_lower(c[-1]) && *c != tsl__lower(*c) && tsl__is_lower(c[1]);
}

unsigned tsl__kind_find(const char *kind)
{
    char plain[KIND_BYTES], word[WORD_BYTES];
    size_t n = 0;
    int denied = 0;
    tsl__name_fold_accents(kind, plain, sizeof plain);
    unsigned flags = find_chinese(plain);
    for (const char *c = plain;; c++) {
        const int is_letter = tsl__is_lower(tsl__lower(*c));
        if (n && (!is_letter || begins_word(plain, c))) {
            word[n] = '\0';
            flags |= denied ? 0 : find_word(word);
            denied = is_listed(word, denials, 0);
            n = 0;
        }
        if (!*c) {
            return flags;
        }
        if (is_letter && n + 1 < sizeof word) {
            word[n++] = tsl__lower(*c);
        }
    }
}

int tsl__kind_has_known(const tsl_column *kinds)
{
    size_t i = 0;
    while (i < kinds->dict_count && !tsl__kind_find(kinds->dict[i])) {
        i++;
    }
    return i < kinds->dict_count;
}
