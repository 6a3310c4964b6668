/* id_words.c: the table of the words that stand in place of an id. */
#include "table/names/id_words.h"

#include <string.h>

#include "base/text.h"
#include "table/cell/unknown_text.h"
#include "table/names/role_names.h"
#include "table/names/total_words.h"

/* As tsl__name_fold leaves them: small, without accents, blanks and marks. */
static const struct {
    tsl__id_word word;
    const char *texts; /* between bars */
} words[] = {
    {TSL__ID_WORD_WALK_IN, "|guest|guests|guestuser|guestcustomer|guestaccount|guestcheckout|walkin|walkins|"
                           "walkincustomer|walkincustomers|walkinclient|anonymous|anon|anonymoususer|"
                           "anonymouscustomer|unknown|unknowncustomer|unregistered|notregistered|nonmember|"
                           "nocustomer|notamember|cash|cashcustomer|cashsale|cashsales|countersale|countersales|"
                           "overthecounter|defaultcustomer|onetimecustomer|onetimebuyer|notset|undefined|"
                           "miscellaneous|misccustomer|poscustomer|retailcustomer|occasionalcustomer|"
                           "noname|none|nobody|visitor|passerby|walkup|passingtrade|"},
    {TSL__ID_WORD_WALK_IN, "|散客|门店散客|散客户|零散客户|游客|匿名|匿名用户|匿名客户|匿名会员|匿名顾客|非会员|"
                           "非会员顾客|普通顾客|普通散客|过路客|过客|现金客户|现金散客|临时客户|临时会员|未知|"
                           "未知客户|未知会员|未注册|未注册用户|未登录|无会员|非注册用户|默认客户|默认会员|零售散客|"
                           "零售客户|零售顾客|零售|散户|访客|未登记|未登记客户|无名|无名氏|路人|"},
    {TSL__ID_WORD_WALK_IN, "|gast|gastkunde|laufkunde|laufkunden|laufkundschaft|barverkauf|barkunde|unbekannt|"
                           "anonym|anonymerkunde|diverse|invite|clientcomptoir|comptoir|clientdepassage|"
                           "clientpassage|inconnu|anonyme|clientanonyme|clientdivers|invitado|clientegenerico|"
                           "clientemostrador|mostrador|clientecontado|consumidorfinal|publicogeneral|"
                           "publicoengeneral|desconocido|anonimo|clientevarios|"},
    {TSL__ID_WORD_WALK_IN, "|laufkundin|barverkaufe|barverkaeufe|barzahler|kassenkunde|kassenverkauf|ladenkunde|"
                           "ladenverkauf|gelegenheitskunde|thekenverkauf|einmalkunde|cpdkunde|diversekunden|"
                           "nichtregistriert|ohnekunde|besucher|passager|passagers|passant|clientpassager|"
                           "clientoccasionnel|venteaucomptoir|ventecomptoir|clientdecomptoir|sansnom|sansclient|"
                           "visiteur|nonidentifie|nonenregistre|particulier|ventamostrador|ventademostrador|"
                           "clienteocasional|clientedepaso|clientegeneral|ventacontado|ventaalcontado|ventaspublico|"
                           "sinnombre|sincliente|ninguno|visitante|noregistrado|noidentificado|clientefinal|"},
    {TSL__ID_WORD_WALK_IN, "|无|空|空白|空值|无名称|缺失|不详|不明|暂无|"}, /* the cell tells of nobody */
    {TSL__ID_WORD_FILLER, "|null|nil|blank|empty|deleted|unset|leer|geloescht|geloscht|vide|vacio|"},
    {TSL__ID_WORD_TOTAL,
     "|total|totals|grandtotal|subtotal|sum|sumtotal|overalltotal|gesamt|summe|gesamtsumme|"
     "zwischensumme|endsumme|insgesamt|totalgeneral|soustotal|sommetotale|totalgenerale|"
     "totaal|suma|sumatotal|合计|总计|小计|汇总|共计|总和|合计金额|总合计|本页合计|累计|本页小计|分类汇总|"
     "zwischentotal|teilsumme|totalsoustotal|sstotal|sumaparcial|totalparcial|"},
    {TSL__ID_WORD_TOTAL,
     "|grandtotals|subtotals|sums|totale|totali|totales|totaux|somme|sommes|"
     "soustotaux|subtotale|totaleparziale|totalecomplessivo|totalegenerale|somma|sumas|totais|"
     "soma|totalgeral|eindtotaal|subtotaal|totalt|summa|yhteensa|celkem|razem|ogółem|toplam|"
     "geneltoplam|Итого|ИТОГО|итого|Всего|ВСЕГО|всего|Итог|合計|総計|小計|総合計|累計|總計|总额|합계|총계|소계|"},
    {TSL__ID_WORD_AVERAGE,
     "|average|averages|avg|grandaverage|overallaverage|totalaverage|mean|median|平均|平均值|均值|"
     "平均数|总平均|中位数|durchschnitt|durchschnittswert|mittelwert|mittel|gesamtdurchschnitt|"
     "moyenne|moyennes|moyennegenerale|mediane|promedio|promediogeneral|mediana|"},
};

/* Whom to try with: by itself, or with what is no letter behind it. */
static const char *const tests[] = {"test",          "tester",     "testuser",    "testcustomer", "testaccount",
                                    "demo",          "demouser",   "demoaccount", "democustomer", "demokunde",
                                    "testkunde",     "comptetest", "clienttest",  "compteessai",  "cuentademo",
                                    "clienteprueba", "pruebas",    "demo用户",    "dummy",        "fake",
                                    "测试",          "测试账号",   "演示账号"};

static int stands_in(const char *texts, const char *word, size_t n)
{
    for (const char *at = texts; (at = strstr(at, word)); at++) {
        if (at[-1] == '|' && at[n] == '|') {
            return 1;
        }
    }
    return 0;
}

static int is_test(const char *id)
{
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const size_t n = strlen(tests[i]);
        if (strncmp(id, tests[i], n) == 0 && !tsl__is_lower(id[n]) && ((unsigned char)id[n] < 0x80 || n != 4)) {
            return 1;
        }
    }
    return 0;
}

/* 0, 000, 0.0, -1, and nines alone. */
static int is_filler(tsl__span id)
{
    if (id.n == 2 && memcmp(id.s, "-1", 2) == 0) {
        return 1;
    }
    if (id.n > 2 && memcmp(id.s, "0.", 2) == 0) {
        id = (tsl__span){id.s + 2, id.n - 2};
        return id.s[0] == '0' && is_filler(id);
    }
    const char digit = id.n ? id.s[0] : 'x';
    size_t same = 0;
    while (same < id.n && id.s[same] == digit) {
        same++;
    }
    return same == id.n && (digit == '0' || (digit == '9' && id.n >= 4));
}

#define GUID_BYTES 36

/* Nothing but signs ("-", "?", "***"), the error of a spreadsheet's formula (#REF!, #DIV/0!, #NAME?), a GUID of zeros:
 * what programs and people write where there is no id, and nobody's id. */
static int is_blank(tsl__span id)
{
    static const char *const signs[] = {"？", "—", "–", "－", "…", "。", "．"};
    size_t at = 0, zeros = 0;
    for (size_t n = 1; n && at < id.n; at += n) {
        const unsigned char c = (unsigned char)id.s[at];
        n = c > ' ' && c < 0x7F && !tsl__is_digit((char)c) && !tsl__is_lower(tsl__lower((char)c));
        for (size_t i = 0; c >= 0x80 && !n && i < sizeof signs / sizeof *signs; i++) {
            n = tsl__span_begins((tsl__span){id.s + at, id.n - at}, signs[i], 3) ? 3 : 0;
        }
    }
    if (at == id.n || (id.n > 3 && id.s[0] == '#' && (id.s[id.n - 1] == '!' || id.s[id.n - 1] == '?'))) {
        return 1;
    }
    for (size_t i = 0; i < id.n && id.n == GUID_BYTES; i++) {
        zeros += id.s[i] == (i == 8 || i == 13 || i == 18 || i == 23 ? '-' : '0');
    }
    return zeros == GUID_BYTES;
}

/* The text within (), [], {} or <>, or itself. */
static tsl__span unwrap(tsl__span id, int *wrapped)
{
    static const char open[] = "([{<", closed[] = ")]}>";
    const char *pair = id.n > 2 ? strchr(open, id.s[0]) : NULL;
    *wrapped = pair && *pair && id.s[id.n - 1] == closed[pair - open];
    return *wrapped ? (tsl__span){id.s + 1, id.n - 2} : id;
}

/* Most ids have digits, which words have none of; accounts to try with are numbered, and totals are of so many rows. */
static int may_be_word(tsl__span id)
{
    const unsigned char first = (unsigned char)tsl__lower(id.s[0]);
    int letters = 1;
    for (size_t i = 0; i < id.n && letters; i++) {
        letters = !tsl__is_digit(id.s[i]);
    }
    return letters || (unsigned char)id.s[id.n - 1] >= 0x80 || memchr(id.s, ' ', id.n) || memchr(id.s, ':', id.n) ||
           first == 't' || first == 'd' || first == 'f' || first >= 0x80;
}

#define MOST_BYTES 64 /* of an id that may be a word */

/* The kind of a word as it is folded, of the table alone. */
static tsl__id_word find_text(const char *text, char word[MOST_BYTES])
{
    tsl__name_fold(text, word, MOST_BYTES);
    size_t n = strlen(word);
    n -= n > 1 && word[n - 1] == ':';
    n -= n > 3 && strcmp(word + n - 3, "：") == 0 ? 3 : 0;
    word[n] = '\0';
    for (size_t i = 0; n && i < sizeof words / sizeof *words; i++) {
        if (stands_in(words[i].texts, word, n)) {
            return words[i].word;
        }
    }
    return TSL__ID_WORD_NONE;
}

/* The kind of a word. wrapped: it stood within brackets, by which it is no id. */
static tsl__id_word find_word(tsl__span id, int wrapped)
{
    char text[MOST_BYTES], word[MOST_BYTES], stem[MOST_BYTES];
    const char *at = memchr(id.s, '@', id.n); /* guest@shop.com */
    memcpy(text, id.s, at ? (size_t)(at - id.s) : id.n);
    text[at ? (size_t)(at - id.s) : id.n] = '\0';
    const tsl__id_word found = find_text(text, word);
    if (found != TSL__ID_WORD_NONE && !(at && found >= TSL__ID_WORD_TOTAL)) {
        return wrapped && found == TSL__ID_WORD_FILLER ? TSL__ID_WORD_WALK_IN : found;
    }
    if (!at && tsl__unknown_is_text(text)) {
        return wrapped ? TSL__ID_WORD_WALK_IN : TSL__ID_WORD_FILLER;
    }
    if (*word && is_test(word)) {
        return TSL__ID_WORD_TEST;
    }
    const int is_total =
        !at && tsl__total_words_strip(text, stem, sizeof stem) && find_text(stem, word) == TSL__ID_WORD_TOTAL;
    return is_total ? TSL__ID_WORD_TOTAL : TSL__ID_WORD_NONE;
}

tsl__id_word tsl__id_word_find(tsl__span id)
{
    int wrapped;
    if (id.n == 0 || id.n >= MOST_BYTES) {
        return TSL__ID_WORD_NONE;
    }
    id = unwrap(id, &wrapped);
    const unsigned char first = (unsigned char)id.s[0];
    if (is_blank(id)) {
        return TSL__ID_WORD_WALK_IN;
    }
    if (tsl__is_digit((char)first) || first == '-') {
        const int may_be_total = first != '-' && !tsl__is_digit(id.s[id.n - 1]) && may_be_word(id); /* 1月合计 */
        return is_filler(id)                                                  ? TSL__ID_WORD_FILLER
               : may_be_total && find_word(id, wrapped) == TSL__ID_WORD_TOTAL ? TSL__ID_WORD_TOTAL
                                                                              : TSL__ID_WORD_NONE;
    }
    return may_be_word(id) ? find_word(id, wrapped) : TSL__ID_WORD_NONE;
}
