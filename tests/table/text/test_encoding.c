/* test_encoding.c: which encoding a text is found to be in, and which is not certain. */
#include "table/text/encoding.h"

#include <iconv.h>

#include "help.h"

/* A UTF-8 text in another encoding; static. */
static const char *recode(const char *text, const char *to, size_t *count)
{
    static char out[1 << 16];
    iconv_t way = iconv_open(to, "UTF-8");
    char *in = (char *)(uintptr_t)text, *at = out;
    size_t left = strlen(text), room = sizeof out;
    assert_true(way != (iconv_t)-1);
    if (iconv(way, &in, &left, &at, &room) == (size_t)-1) {
        fail_msg("%s cannot hold: %s", to, in);
    }
    iconv_close(way);
    *count = (size_t)(at - out);
    return out;
}

/* What a file with this text in that encoding is found to be, with ? for one that has faults. */
static const char *judge(const char *text, const char *to)
{
    static char out[40];
    size_t n, at = 0;
    const char *s = recode(text, to, &n);
    while (at < n && s[at] >= 0) {
        at++;
    }
    const tsl__encoding_found found = tsl__encoding_judge(s + at, n - at, at ? s[at - 1] : '\n', 1);
    snprintf(out, sizeof out, "%s%s", tsl_encoding_get_name(found.encoding), found.mixed ? "?" : "");
    return out;
}

#define CHINESE "客户编号,姓名,城市\nA1,王小明,北京\nA2,李娜,上海\nA3,欧阳修,呼和浩特\n"
#define GERMAN "id,name,city\n1,Jörg Müller,Köln\n2,Änne Groß,Düsseldorf\n"
#define FRENCH "id,nom,ville\n1,Hélène L’Hôte,Orléans\n2,François Noël,Besançon\n"
#define SPANISH "id,nombre,ciudad\n1,José Peña,Logroño\n2,Íñigo Núñez,Córdoba\n"

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *in, *found;
    } cases[] = {
        {CHINESE, "UTF-8", "utf-8"},
        {CHINESE, "GBK", "gb18030"},
        {CHINESE, "GB2312", "gb18030"},
        {"c\n男\n女\n", "GBK", "gb18030"},
        {"name,amount\n中国移动,1\n€ 𠀀 国家电网公司北京市电力公司\n", "GB18030", "gb18030"},
        {GERMAN, "UTF-8", "utf-8"},
        {GERMAN, "CP1252", "windows-1252"},
        {GERMAN, "ISO-8859-1", "windows-1252"},
        {FRENCH, "CP1252", "windows-1252"},
        {SPANISH, "CP1252", "windows-1252"},
        {"id,price\n1,£12.50\n2,£3.00\n", "CP1252", "windows-1252"},
        {"a,b\n1,São Paulo\n2,PROMOÇÃO\n", "CP1252", "windows-1252"},
        /* each is a text of both */
        {"a,b\n1,PROMOÇÃO\n2,INFORMAÇÃO\n", "CP1252", "auto"},
        /* others that are neither, though they could be taken for one */
        {"a,b\n1,Привет мир как дела\n", "CP1251", "utf-8?"},
        {"a,b\n1,Привет мир как дела\n", "KOI8-R", "utf-8?"},
        {"a,b\n1,Wałęsa żółty Łódź\n", "CP1250", "utf-8?"},
        {"a,b\n1,Wałęsa żółty Łódź\n", "ISO-8859-2", "utf-8?"},
        {"a,b\n1,Şişli Beyoğlu ığdır\n", "CP1254", "utf-8?"},
        {"a,b\n1,Jörg Müller été\n", "CP850", "utf-8?"},
        {"a,b\n1,Jörg Müller été\n", "MACINTOSH", "utf-8?"},
        {"a,b\n1,ひらがなと漢字の名前\n", "EUC-JP", "utf-8?"},
        {"a,b\n1,ひらがなと漢字の名前\n", "SHIFT_JIS", "utf-8?"},
        {"a,b\n1,臺灣客戶資料庫與訂單\n", "BIG5", "utf-8?"},
        {"a,b\n1,서울특별시 강남구 대한민국 고객 번호 주문 금액 날짜 이름 전화\n", "EUC-KR", "utf-8?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = judge(cases[i].text, cases[i].in);
        if (strcmp(found, cases[i].found) != 0) {
            fail_msg("%s in %s: %s, not %s", cases[i].text, cases[i].in, found, cases[i].found);
        }
    }
}

static tsl__encoding_found judge_bytes(const char *s)
{
    return tsl__encoding_judge(s, strlen(s), '\n', 1);
}

/* Lines of UTF-8 among others. */
static void test_mixed(void **state)
{
    (void)state;
    tsl__encoding_found found = judge_bytes("食品,1\n\xD6\xD0\xB9\xFA,2\n");
    assert_int_equal(found.encoding, TSL_ENCODING_UTF8);
    assert_true(found.mixed);
    /* bytes that say nothing: a fault in the file */
    found = judge_bytes("\xFF,1\n2,3\n");
    assert_int_equal(found.encoding, TSL_ENCODING_UTF8);
    assert_true(found.mixed);
    /* a character that the end of the look cuts */
    assert_int_equal(tsl__encoding_judge("食品\xE9\xA3", 8, ',', 0).mixed, 0);
    assert_int_equal(tsl__encoding_judge("食品\xE9\xA3", 8, ',', 1).mixed, 1);
}

static void test_marks(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        tsl_encoding encoding;
        size_t mark;
    } cases[] = {{"\xEF\xBB\xBFx", TSL_ENCODING_UTF8, 3}, {"\xFF\xFExx", TSL_ENCODING_UTF16LE, 2},
                 {"\xFE\xFFxx", TSL_ENCODING_UTF16BE, 2}, {"\x84\x31\x95\x33", TSL_ENCODING_GB18030, 4},
                 {"\xEF\xBBxx", TSL_ENCODING_AUTO, 0},    {"a,b", TSL_ENCODING_AUTO, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t mark;
        assert_int_equal(tsl__encoding_of_mark(cases[i].bytes, strlen(cases[i].bytes), &mark), cases[i].encoding);
        assert_int_equal(mark, cases[i].mark);
    }
}

static void test_zeros(void **state)
{
    (void)state;
    static const char *const texts[] = {"a,b\n1,2\n", CHINESE, GERMAN, "id,一\n一一一,三\n1,一\n"};
    for (size_t i = 0; i < 4; i++) {
        size_t n;
        const char *s = recode(texts[i], "UTF-16LE", &n);
        assert_int_equal(tsl__encoding_of_zeros(s, n), TSL_ENCODING_UTF16LE);
        s = recode(texts[i], "UTF-16BE", &n);
        assert_int_equal(tsl__encoding_of_zeros(s, n), TSL_ENCODING_UTF16BE);
        assert_int_equal(tsl__encoding_of_zeros(texts[i], strlen(texts[i])), TSL_ENCODING_AUTO);
    }
    /* NUL bytes alone make no UTF-16 */
    assert_int_equal(tsl__encoding_of_zeros("a,b\nx,\0y\n", 9), TSL_ENCODING_AUTO);
    assert_int_equal(tsl__encoding_of_zeros("a\0b\0\0\0c\0", 8), TSL_ENCODING_AUTO);
    assert_int_equal(tsl__encoding_of_zeros("\0\0\0\0", 4), TSL_ENCODING_AUTO);
    /* half a pair */
    assert_int_equal(tsl__encoding_of_zeros("a\0\x00\xD8"
                                            "b\0c\0",
                                            8),
                     TSL_ENCODING_AUTO);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(tsl_encoding_get_name(TSL_ENCODING_GB18030), "gb18030");
    assert_string_equal(tsl_encoding_get_name((tsl_encoding)TSL_ENCODINGS), "?");
    assert_string_equal(tsl_encoding_get_name((tsl_encoding)-1), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts), cmocka_unit_test(test_mixed), cmocka_unit_test(test_marks),
        cmocka_unit_test(test_zeros), cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
