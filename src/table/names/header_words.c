/* header_words.c: the table of words that place a column in its group, or mark it. */
#include "table/names/header_words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "table/names/role_names.h"
#include "table/names/roles.h"

#define NAME_BYTES 256

/* Words divided by "|", tried line by line. A word stands for itself, with "*"
 * behind it for every word that begins so, before it for every one that ends so; a word of other than ASCII letters
 * may stand anywhere. Several words with spaces stand next to each other. */
static const struct group_line {
    tsl_group group;
    int amounts; /* 1: holds only for a column of amounts */
    const char *words;
} groups[] = {
    {TSL_DEMOGRAPHIC, 0,
     "income|salary|age|birth*|dob|gender|sex|education*|degree|marital*|marriage|married|children|child*|kid*|teen*|"
     "home*|house*|housing|family|spouse|partner|dependent*|dependant*|senior*|citizen*|country|region|territory|"
     "province|state|city|county|district|zip|postal|postcode|occupation|job|profession|industry|company|employees|"
     "language|nationality|religion|收入|年龄|生日|出生|性别|学历|教育|婚姻|子女|孩子|家庭|省|市|地区|国家|职业|行业"},
    /* how often, how long, by what means: also of amounts */
    {TSL_BEHAVIORAL, 0,
     "frequency|freq|recency|tenure|num|number|count|ct|trx|qty|quantity|prc|pct|percent|utilization|utilisation|"
     "days since|months|payment method|payment type|payment mode|次数|频率|频次|天数|数量"},
    {TSL_VALUE, 0,
     "mnt*|spend*|spent|sales|revenue*|amount*|amt|monetary|balance*|bal|asset*|turnover|profit*|margin*|value|ltv|clv|"
     "cltv|deposit*|loan*|debt*|default|premium|charge*|bill|bills|billed|paid|payment*|installment*|instalment*|"
     "oneoff|cash|price*|cost*|fee|fees|credit*|limit|fresh|milk|grocery|groceries|frozen|detergents|delicassen|"
     "delicatessen|消费|金额|销售额|余额|资产|利润|存款|贷款|保费"},
    {TSL_VALUE, 1, "purchases"},
    {TSL_BEHAVIORAL, 0,
     "visit*|purchase*|order*|click*|session*|minute*|complain*|deal*|interaction*|event*|transaction*|login*|logins|"
     "return*|page*|view*|response*|respond*|campaign*|accepted*|call*|contact*|contract*|ticket*|last|units|usage|"
     "channel*|satisfaction|nps|loyalty|membership|active|inactive|joined|since|subscri*|churn*|attrition|exited|"
     "service*|"
     "support|security|protection|backup|streaming|online|internet|device|lines|paperless|billing|card*|app|time on|"
     "duration|day|month|pdays|previous|outcome|poutcome|pay|y|访问|点击|登录|投诉|互动|时长|满意度"},
    {TSL_VALUE, 0, "total|score"},
};

/* Words that whole numbers behind them are codes of something by, where they stand last in a name. */
static const char choices[] =
    "region|territory|zone|district|county|province|state|city|country|location|channel|store|shop|branch|outlet|"
    "warehouse|type|class|category|segment|cluster|department|division|sector|industry|occupation|job|profession|"
    "religion|race|ethnicity|nationality|language|gender|genre|sex|marital|marriage|marital status|status|brand|model|"
    "color|colour|currency|地区|区域|省份|城市|渠道|门店|店铺|网点|类型|类别|种类|性别|职业|行业|婚姻|婚姻状况|品牌";
/* These say so themselves, however many different ones there are. */
static const char codes[] = "id|key|code|zip|zipcode|zip code|postal|postcode|plz|编号|编码|代码|邮编";
/* May follow any of them. */
static const char numberings[] = "no|nr|nbr|num|number";

/* Whole names, but for digits behind them. */
static const char indices[] =
    "unnamed|index|idx|ix|row|row id|row no|row nr|row num|row number|row index|row name|row names|rowid|rownum|"
    "rowname|rownames|nr|obs|序号|行号|行数";

static const char *const ends[TSL__NAME_ENDS] = {
    [TSL__ENDS_LATITUDE] = "latitude|lat|breitengrad|latitud|纬度",
    [TSL__ENDS_LONGITUDE] = "longitude|lon|lng|long|langengrad|laengengrad|longitud|经度",
    [TSL__ENDS_POSTCODE] = ("zip|zipcode|zip code|postal code|postalcode|postcode|post code|postal|plz|"
                            "postleitzahl|code postal|codigo postal|邮编|邮政编码"),
    [TSL__ENDS_PHONE] =
        ("phone|telephone|tel|mobile|cell|cellphone|cell phone|fax|phone number|phone no|phone num|"
         "telephone number|mobile number|mobile no|mobile phone|telefon|telefonnummer|handy|"
         "handynummer|mobilnummer|rufnummer|portable|telefono|movil|celular|手机|手机号|手机号码|电话|电话号码"),
    [TSL__ENDS_MAIL] = "email|e mail|mail|email address|e mail address|mail address|email adresse|e mail adresse|"
                       "mailadresse|courriel|correo|correo electronico|邮箱|电子邮箱|电子邮件|邮箱地址",
    [TSL__ENDS_ADDRESS] =
        "address|street|street address|anschrift|adresse|strasse|straße|rue|direccion|domicilio|calle|"
        "地址|住址|收货地址",
    [TSL__ENDS_PAPER] = ("id card|id card number|id card no|idcard|id number|id no|identity card|identity number|"
                         "national id|passport|passport number|passport no|ssn|social security number|iban|"
                         "bank account|bank account number|ausweis|ausweisnummer|personalausweis|reisepass|"
                         "dni|nif|身份证|身份证号|身份证号码|证件号|证件号码|护照|护照号|护照号码|银行卡号|银行账号"),
};

/* Whole names, but for digits behind them. */
static const char persons[] =
    "name|names|full name|fullname|first name|firstname|last name|lastname|middle name|middlename|surname|given name|"
    "family name|customer name|client name|member name|contact name|contact person|user name|username|nickname|nick "
    "name|"
    "vorname|nachname|familienname|kundenname|benutzername|prenom|nom|nom de famille|nom complet|nom du client|"
    "nombre|nombre completo|nombre cliente|nombre del cliente|apellido|apellidos|nombre y apellidos|"
    "姓名|名字|昵称|客户姓名|会员姓名|用户姓名|客户名称|联系人|联系人姓名|收货人|收货人姓名|微信|微信号";

static const char *const hints[TSL__HINTS] = {
    [TSL__HINT_BIRTH] = "birth*|bday|dob|yob|born|geburt*|geb|gebdat*|gebtag|gebjahr|geboren|naiss*|ne le|nee le|"
                        "date d anniversaire|jour d anniversaire|nacim*|nacid*|nac|fnac|fecnac*|fechanac*|cumple*|生日|"
                        "出生|生辰",
    [TSL__HINT_EXPIRY] =
        "expir*|valid*|due|end|ends|ending|until|renew*|warranty|maturity|deadline|next|planned|scheduled|ablauf*|"
        "*ablauf|verfall*|gultig*|gueltig*|fallig*|faellig*|bis|ende|*sende|*zeitende|aboende|frist|*frist|haltbar*|"
        "mhd|kundigung zum|kuendigung zum|gekundigt zum|gekuendigt zum|kundigungstermin|kuendigungstermin|"
        "verlangerung*|verlaengerung*|erneuerung*|nachste*|naechste*|geplant*|voraussichtlich*|wiedervorlage|"
        "garantie*|echeance*|valable*|jusqu|fin|perempt*|prochain*|prevu*|renouvel*|limite|vencim*|vence|caduc*|"
        "vigen*|hasta|finaliz*|terminacion|proxim*|previst*|planific*|renovacion|garantia*|到期|有效期|有效|过期|失效|"
        "截止|终止|届满|期满|保修|续费|续约|下次|下一|预计|计划",
    [TSL__HINT_JOINED] =
        "joined|join|joining|since|signup|sign up|signed up|signedup|regist*|enrol*|onboard*|customer from|dt customer|"
        "opened|opening|beitritt*|eintritt*|anmeld*|angemeldet*|kunde seit|seit|inscri*|alta|"
        "注册|入会|开户|加入|入网|建档|成为客户",
    [TSL__HINT_KEY] =
        "id|ids|key|code|no|number|index|rownum|uuid|guid|nummer|*nummer|nr|kennung|kennziffer|schlussel|"
        "schluessel|numero client*|numero de client*|numero de commande|numero de pedido|numero de factur*|"
        "identifiant|cle|reference|clave|codigo|identificador|referencia|编号|代码|编码|序号|号码|unnamed|"
        "row|rowid|record|serial",
    [TSL__HINT_PERSON] =
        "email*|e mail|mail|phone*|telephone*|tel|mobile*|fax|cell*|first name|firstname|last name|lastname|full name|"
        "fullname|middle name|middlename|surname|given name|family name|user name|username|customer name|contact name|"
        "client name|name|nickname|address*|street*|passport*|ssn|iban|ip|url|website|vorname|*nachname|familienname|"
        "kundenname|benutzername|nutzername|telefon*|handy*|mobil|mobilnummer|rufnummer|anschrift|adresse*|strasse*|"
        "straße*|ausweis*|prenom|nom|courriel|portable|rue|pseudo|apellido*|nombre completo|nombre cliente|"
        "nombre del cliente|nombre de usuario|nombre y "
        "apellidos|correo*|movil|celular|direccion|calle|dni|nif|姓名|名字|昵称|电话|手机|邮箱|"
        "地址|身份证|住址|微信|网址",
    [TSL__HINT_SENSITIVE] =
        "health|health status|healthcare|medical|medication*|diagnos*|disease*|illness*|disability|disabilities|"
        "disabled|handicap*|pregnan*|allerg*|blood type|blood group|bmi|smoker|religi*|denomination|race|racial|"
        "ethnic*|ethnie*|sexual*|sex life|politic*|party affiliation|union member*|trade union|criminal*|conviction*|"
        "bankrupt*|insolven*|garnish*|foreclosure*|gps*|geolocation|coordinates|latitude|lat|longitude|lon|lng|"
        "gesundheit*|krank*|schwanger*|behindert|behinderung*|schwerbehind*|diagnose*|blutgruppe|konfession*|"
        "glaube*|ethnisch*|sexuell*|partei|parteizugehorigkeit|gewerkschaft*|vorstraf*|privatinsolvenz|pfandung*|"
        "pfaendung*|schufa|breitengrad|langengrad|laengengrad|sante|maladie*|grossesse|enceinte|groupe sanguin|culte|"
        "origine ethnique|syndicat*|casier judiciaire|surendett*|faillite*|coordonnees gps|salud|enfermedad*|"
        "discapac*|embaraz*|grupo sanguineo|etnia|etnico|raza|sindicato|antecedentes penales|quiebra|latitud|longitud|"
        "健康|疾病|病史|病情|患病|医疗|残疾|怀孕|孕期|血型|宗教|信仰|教派|民族|种族|性取向|政治面貌|党派|工会|犯罪|"
        "前科|"
        "破产|失信|经度|纬度|定位|行踪",
    [TSL__HINT_AGE] = "age|alter|edad|年龄|年纪|岁数",
    [TSL__HINT_GENDER] = "gender|sex|geschlecht|genre|sexe|sexo|genero|性别",
};

/* Words of a column that may play a role though its name is not known, and those of one that surely does not. */
static const struct may_line {
    tsl_role role;
    const char *words, *never;
} may[] = {
    {TSL_ROLE_CUSTOMER,
     "customer*|cust|client*|consumer*|user*|member*|buyer*|shopper*|purchaser*|household*|account*|contact*|guest|"
     "visitor*|subscriber*|patient*|cardholder*|passenger*|kunde*|kund*|kauf*|debitor*|acheteur*|comprador*|socio*|"
     "usuario*|email|e mail|phone*|mobile|客户|顾客|会员|用户|买家|消费者|购买者|购买人|下单人|客人|卡号|手机号|邮箱",
     "type|group|segment|class|level|tier|status|since|age|gender|sex|city|state|country|region|zip|address|service|"
     "date|time|datum|day|count|num|amount|total|value|price|note|notes|agent|manager|owner|rating|score|balance|"
     "product|store|marketing|等级|类型|分类|性别|年龄|地址|城市|地区|时间|日期|金额|总额|数量|次数|单价|备注|留言|"
     "来源|状态|"
     "服务|评价|满意|积分|余额|优惠|经理|客服|消费额"},
    {TSL_ROLE_TIME, "date*|time*|datetime|day|*datum|*zeitpunkt|zeit*|fecha*|jour|moment|when|时间|日期|年月日",
     "birth*|born|dob|ship*|shipped|shipping|deliver*|delivered|fulfil*|due|expir*|valid|warranty|cancel*|cancelled|"
     "refund*|return*|updat*|modif*|last|first|registration|registered|join*|signup|zone|timezone|duration|times|count|"
     "promised|estimated|arrival|departure|hour*|weekday|dow|hod|since|prior|elapsed|spent|interval|days|minutes|"
     "seconds|day of|lead time|response time|processing time|handling time|wait time|waiting "
     "time|geburt*|geb|gebdat*|liefer*|versand*|fallig*|faellig*|gultig*|gueltig*|"
     "ablauf*|*ablauf|verfall*|*sende|bis|seit|kundigung*|kuendigung*|vertrag*|anmelde*|registrier*|beitritt*|erst*|"
     "letzt*|storno*|naissance|livraison|expedition|echeance|fin|depuis|inscription|adhesion|premier*|dernier*|"
     "annulation|nacimiento|entrega|envio|vencimiento|caduc*|hasta|desde|alta|registro|primer*|ultim*|cancelacion|生日|"
     "出生|发货|收货|送达|配送|到货|签收|退款|退货|取消|过期|有效|"
     "到期|更新|"
     "修改|注册|入会|开卡|办卡|建档|首次|最近|末次|上次|时长|次数|截止|预计|完成|揽收|小时|时段|星期|间隔|天数|耗时"},
    {TSL_ROLE_AMOUNT,
     "amount*|amt|total*|sum|price*|paid|pay|payment|revenue|sales|sale|spend*|spent|value|turnover|betrag*|*betrag|"
     "summe*|*summe|"
     "*umsatz|preis*|*preis|*preis|wert|*wert|montant*|prix|importe*|monto*|precio*|valor*|金额|总额|总价|款|价格|价钱|"
     "销售额|消费额|"
     "营业额|收入|实付|"
     "花费",
     "tax*|vat|gst|ship*|shipping|freight|delivery|discount*|coupon*|rebate*|fee|fees|tip*|refund*|return*|cost*|"
     "balance|"
     "points|count|number|id|code|date|time|method|type|status|mode|id|credit*|deposit*|outstanding|due|unit|each|list|"
     "original|msrp|compare|steuer*|mwst|versand*|rabatt*|zeit*|datum|art|taxe|tva|frais|remise|livraison|impuesto*|"
     "iva|"
     "descuento*|envio|gastos|税|运费|邮费|折扣|优惠|退款|退货|成本|余额|积分|数量|编号|方式|时间|日期|状态|单价|原价|"
     "标价|吊牌|"
     "市场价|佣金|手续费|红包|抵扣|补贴|押金|定金|欠款|未付"},
};

/* "AnnualIncome_2019" -> " annual income 2019 ": words in lower case between spaces, without accents. */
static void split_words(const char *accented, char out[NAME_BYTES])
{
    char name[NAME_BYTES];
    tsl__name_fold_accents(accented, name, sizeof name);
    size_t at = 0;
    char before = 0;
    out[at++] = ' ';
    for (const char *c = name; *c && at + 4 < NAME_BYTES; before = *c++) {
        int upper = *c >= 'A' && *c <= 'Z', lower = *c >= 'a' && *c <= 'z', digit = *c >= '0' && *c <= '9';
        int before_upper = before >= 'A' && before <= 'Z', before_lower = before >= 'a' && before <= 'z';
        int before_digit = before >= '0' && before <= '9', wide = (unsigned char)*c >= 0x80;
        int breaks = (upper && before_lower) || (upper && before_upper && c[1] >= 'a' && c[1] <= 'z') ||
                     (digit != before_digit && before);
        if ((!upper && !lower && !digit && !wide) || breaks) {
            if (out[at - 1] != ' ') {
                out[at++] = ' ';
            }
        }
        if (upper || lower || digit || wide) {
            out[at++] = upper ? (char)(*c + 32) : *c;
        }
    }
    if (out[at - 1] != ' ') {
        out[at++] = ' ';
    }
    out[at] = 0;
}

/* Is one of the words in a name that was split? */
static int has_word(const char *split, const char *words)
{
    char pattern[64];
    for (const char *w = words; *w; w += *w == '|') {
        size_t n = strcspn(w, "|"), at = 0;
        int stem = w[n - 1] == '*', end = *w == '*', wide = (unsigned char)*w >= 0x80;
        if (!wide && !end) {
            pattern[at++] = ' ';
        }
        memcpy(pattern + at, w + end, n - (size_t)end);
        at += n - (size_t)stem - (size_t)end;
        if (!stem && !wide) {
            pattern[at++] = ' ';
        }
        pattern[at] = 0;
        if (strstr(split, pattern)) {
            return 1;
        }
        w += n;
    }
    return 0;
}

/* Bytes of the longest of the words that a name ends with, the space behind it included; 0 where there is none. */
static size_t last_word(const char *split, size_t length, const char *words)
{
    size_t longest = 0;
    for (const char *w = words, *end; w; w = end ? end + 1 : NULL) {
        end = strchr(w, '|');
        size_t n = end ? (size_t)(end - w) : strlen(w);
        int wide = (unsigned char)*w >= 0x80;
        if (n + 1 < length && n + 1 > longest) {
            const char *at = split + (length - n - 1);
            longest = memcmp(at, w, n) == 0 && (wide || at[-1] == ' ') ? n + 1 : longest;
        }
    }
    return longest;
}

/* Bytes of a name that was split, less the numbers that it ends with: "category 2". */
static size_t leave_digits(const char *split)
{
    size_t length = strlen(split);
    while (length > 2 && tsl__is_digit(split[length - 2])) {
        for (length--; length > 1 && split[length - 1] != ' ';) {
            length--;
        }
    }
    return length;
}

int tsl__name_is_index(const char *name)
{
    char split[NAME_BYTES];
    split_words(name, split);
    const size_t length = leave_digits(split), word = last_word(split, length, indices);
    return strcmp(name, "#") == 0 || (word > 0 && word + 1 == length);
}

int tsl__name_ends(const char *name, tsl__name_end end)
{
    char split[NAME_BYTES];
    split_words(name, split);
    return last_word(split, leave_digits(split), ends[end]) > 0;
}

int tsl__name_is_persons(const char *name)
{
    char split[NAME_BYTES];
    split_words(name, split);
    const size_t length = leave_digits(split), word = last_word(split, length, persons);
    return word > 0 && word + 1 == length;
}

int tsl__name_is_personal(const char *name, tsl_role role)
{
    return role == TSL_ROLE_CUSTOMER || role == TSL_ROLE_ORDER ||
           (role == TSL_ROLE_NONE &&
            (tsl__name_hints(name, TSL__HINT_PERSON) || tsl__name_ends(name, TSL__ENDS_PHONE)));
}

tsl__code tsl__name_code(const char *name)
{
    char split[NAME_BYTES], bare[NAME_BYTES];
    snprintf(bare, sizeof bare, "%.*s", (int)tsl__name_length(name), name);
    split_words(bare, split);
    const size_t length = leave_digits(split);
    size_t numbering = last_word(split, length, numberings);
    if (last_word(split, length - numbering, codes)) {
        return TSL__CODE_ALWAYS;
    }
    return last_word(split, length - numbering, choices) ? TSL__CODE_IF_FEW : TSL__CODE_NONE;
}

int tsl__name_hints(const char *name, tsl__hint hint)
{
    char split[NAME_BYTES];
    split_words(name, split);
    return has_word(split, hints[hint]);
}

tsl_group tsl__name_group(const char *name, int amounts, tsl_group otherwise)
{
    char split[NAME_BYTES];
    split_words(name, split);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if ((amounts || !groups[i].amounts) && has_word(split, groups[i].words)) {
            return groups[i].group;
        }
    }
    return otherwise;
}

/* Is one of the words that make a role likely, or surely not, in the name? */
static int has_may(const char *name, tsl_role role, int never)
{
    char split[NAME_BYTES];
    split_words(name, split);
    for (size_t i = 0; i < sizeof may / sizeof *may; i++) {
        if (may[i].role == role) {
            return has_word(split, never ? may[i].never : may[i].words);
        }
    }
    return 0;
}

int tsl__name_counts_days(const char *name)
{
    char split[NAME_BYTES];
    split_words(name, split);
    return has_word(split, "day|date|dt|tag|datum|*datum|jour|dia|fecha|日|日期") && !has_may(name, TSL_ROLE_TIME, 1);
}

int tsl__name_may_be(const char *name, tsl_role role)
{
    return has_may(name, role, 0) && !has_may(name, role, 1);
}

int tsl__name_is_never(const char *name, tsl_role role)
{
    return has_may(name, role, 1);
}
