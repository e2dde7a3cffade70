//! Names of the months.
//!
//! Full names, the case forms in which dates put them, and the usual abbreviations, in the Latin, Cyrillic and Greek
//! scripts' European languages, Turkish, Indonesian, Arabic, Hebrew, Hindi, Bengali, Tamil and Thai. A name that means
//! different months in different languages is left out: `listopada` is November in Polish and October in Croatian.

use std::sync::LazyLock;

use crate::hash::KeyMap;

/// Lower-case names by month.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jaenner janvier janv enero ene janeiro gennaio genn gen januari januára leden ledna \
     styczeń stycznia sty styczen ianuarie ian gener tammikuu tammikuuta tammi jaanuar janvāris janvārī sausis \
     sausio január siječnja sijecnja sij januarja jaan ocak oca январь января янв січень січня студзеня јануар \
     јануара януари ιανουάριος ιανουαρίου ιαν يناير ינואר בינואר जनवरी มกราคม มค januara januarie \
     জানুয়ারি জানুয়ারী জানুয়ারি জানুয়ারী ஜனவரி",
    "february feb februar février fevrier févr fév fevr febrero fevereiro fev febbraio febbr februari únor února \
     luty lutego februarie febr febrer helmikuu helmikuuta helmi veebruar veebr februāris februārī vasaris vasario \
     február februára veljače veljaca velj februarja şubat şub subat февраль февраля фев февр лютий лютого лют \
     лютага фебруар фебруара февруари φεβρουάριος φεβρουαρίου φεβ فبراير פברואר בפברואר फ़रवरी फरवरी กุมภาพันธ์ กพ \
     februara \
     ফেব্রুয়ারি ফেব্রুয়ারী ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி",
    "march mar märz maerz mär mars marzo março marco maart mrt marts březen března brez marzec marca martie març \
     maaliskuu maaliskuuta maalis märts martā kovas kovo március márc ožujka ozujka ožu mart март марта мар \
     березень березня бер сакавіка μάρτιος μαρτίου μαρ مارس מרץ במרץ मार्च มีนาคม มีค maret marec \
     মার্চ மார்ச்",
    "april apr avril avr abril abr aprile apríl apríla aprila duben dubna kwiecień kwietnia kwi kwiecien kwie \
     aprilie huhtikuu huhtikuuta huhti aprill aprīlis aprīlī balandis balandžio április ápr travnja tra nisan nis \
     апрель апреля апр квітень квітня квіт красавіка април априла απρίλιος απριλίου απρ أبريل ابريل אפריל באפריל \
     अप्रैल เมษายน เมย \
     এপ্রিল ஏப்ரல்",
    "may mai mayo maio maggio mag mei maj maja květen května kveten mája máj maig toukokuu toukokuuta touko maijs \
     maijā gegužė gegužės május svibnja svi mayıs mayis май мая травень травня трав мај маја майя μάιος μαΐου μαϊ \
     μαΐ مايو מאי במאי मई พฤษภาคม พค maí \
     মে மே",
    "june jun juni juin junio junho giugno giu červen června cerven czerwiec czerwca cze iunie iun juny júna jún \
     junija kesäkuu kesäkuuta kesä juuni jūnijs jūnijā birželis birželio június lipnja haziran haz июнь июня июн \
     червень червня черв чэрвеня јун јуна юни ιούνιος ιουνίου ιουν يونيو יוני ביוני जून มิถุนายน มิย juna \
     জুন ஜூன்",
    "july jul juli juillet juil julio julho luglio lug červenec července cervenec lipiec lipca iulie iul juliol \
     júla júl julija heinäkuu heinäkuuta heinä juuli jūlijs jūlijā liepa liepos július srpnja temmuz tem июль июля \
     июл липень липня лип ліпеня јул јула юли ιούλιος ιουλίου ιουλ يوليو יולי ביולי जुलाई กรกฎาคม กค jula \
     জুলাই ஜூலை",
    "august aug août aout agosto ago augustus agost srpen srpna sierpień sierpnia sie sierpien elokuu elokuuta elo \
     augusts augustā rugpjūtis rugpjūčio augusztus kolovoza kol ağustos agustos ağu augusta avgust avgusta agustus \
     август августа авг серпень серпня серп жніўня аугуст αύγουστος αυγούστου αυγ أغسطس اغسطس אוגוסט באוגוסט अगस्त \
     สิงหาคม สค \
     আগস্ট ஆகஸ்ட்",
    "september sep sept septembre septiembre setiembre setembro set settembre sett září zari wrzesień września wrz \
     wrzesien septembrie setembre syyskuu syyskuuta syys septembris septembrī rugsėjis rugsėjo szeptember szept \
     septembra rujna ruj eylül eylul eyl сентябрь сентября сен сент вересень вересня вер верасня септембар \
     септембра септември σεπτέμβριος σεπτεμβρίου σεπ σεπτ سبتمبر ספטמבר בספטמבר सितंबर सितम्बर กันยายน กย \
     সেপ্টেম্বর செப்டம்பர்",
    "october oct oktober okt octobre octubre outubro out ottobre ott říjen října rijen październik października \
     paź pazdziernika octombrie lokakuu lokakuuta loka oktoober oktobris oktobrī spalis spalio október oktobra \
     októbra ekim eki октябрь октября окт жовтень жовтня жовт кастрычніка октобар октобра октомври οκτώβριος \
     οκτωβρίου οκτ أكتوبر اكتوبر אוקטובר באוקטובר अक्टूबर ตุลาคม ตค \
     অক্টোবর அக்டோபர்",
    "november nov novembre noviembre novembro listopadu noiembrie marraskuu marraskuuta marras novembris novembrī \
     lapkritis lapkričio novembra studenoga studenog kasım kasim kas ноябрь ноября ноя нояб листопад листопада \
     лист лістапада новембар новембра ноември νοέμβριος νοεμβρίου νοε نوفمبر נובמבר בנובמבר नवंबर नवम्बर พฤศจิกายน \
     พย \
     নভেম্বর நவம்பர்",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre prosinec prosince grudzień \
     grudnia gru grudzien decembrie desembre desember des joulukuu joulukuuta joulu detsember decembris decembrī \
     gruodis gruodžio decembra prosinca pro aralık aralik ara декабрь декабря дек грудень грудня груд снежня \
     децембар децембра декември δεκέμβριος δεκεμβρίου δεκ ديسمبر דצמבר בדצמבר दिसंबर दिसम्बर ธันวาคม ธค \
     ডিসেম্বর டிசம்பர்",
];

/// The month with this lower-case name, 1 to 12.
pub(super) fn number(name: &str) -> Option<u32> {
    static NUMBERS: LazyLock<KeyMap<&str, u32>> = LazyLock::new(|| {
        let numbered = (1..).zip(MONTHS);
        numbered.flat_map(|(number, names)| names.split_whitespace().map(move |name| (name, number))).collect()
    });
    NUMBERS.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::{MONTHS, number};

    #[test]
    fn every_name_is_that_of_one_month() {
        for (at, names) in MONTHS.iter().enumerate() {
            for name in names.split_whitespace() {
                let months = MONTHS.iter().filter(|names| names.split_whitespace().any(|known| known == name)).count();
                assert_eq!((name, months, name.to_lowercase().as_str()), (name, 1, name));
                assert_eq!(number(name), u32::try_from(at + 1).ok(), "{name}");
            }
        }
    }

    #[test]
    fn other_words_are_no_months() {
        for word in ["", " ", "day", "listopada", "srp", "lip", "january february"] {
            assert_eq!(number(word), None, "{word:?}");
        }
    }
}
