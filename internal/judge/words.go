package judge

import "strings"

// Function words tell prose from lists of phrases. They are lower case; a word
// that two languages share stands once.
var functionWords = wordSet(
	// en
	"the of and to in is was were are be been that it this with as by at from on his her their its our your he she they we you i not or but have has had will would can could should which who when what if than then there so such into about after also",
	// de
	"der die das und ist in zu den dem des ein eine einen einem mit von auf für nicht auch sich es sie er wir ich bei nach aus dass werden wird wurde oder als wie durch über zum zur im am um noch nur haben hat sind",
	// fr
	"le la les de des du un une et est dans que qui pour pas sur au aux avec par il elle nous vous ce cette ces son sa ses plus ou mais sont être été ont leur",
	// es, pt, it
	"el los las y en por con para una su sus al lo como más pero es son fue ha han este esta que se del o os as da do dos das em um uma na no nas nos não foi ao pelo pela seu sua mais il gli che di e per non sono della delle dei nel nella si anche ma alla questo questa ho hanno",
	// sv
	"och att det som en på är av för med till den har inte om ett han hon men var jag från så kan när man vi",
	// ru
	"и в не на что с по как из к у за от это но для при о же бы был была были его ее их который которые также или со во так то до если мы вы он она они уже только может",
	// tr
	"ve bir bu için ile de da olarak olan daha çok gibi kadar en o ne ya ama sonra her ise veya göre değil olduğu tarafından",
	// id
	"yang dan di ini itu untuk dengan dari pada adalah dalam tidak akan ke oleh juga atau karena sebagai bisa telah mereka kami anda sudah ada saat",
	// vi
	"và của là các trong cho với được một những có không để này đã về từ khi đến người ra vào như cũng tại theo trên sẽ bị còn nhưng",
)

func wordSet(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, l := range lists {
		for _, w := range strings.Fields(l) {
			set[w] = true
		}
	}
	return set
}

// hanFunction are the characters of Chinese prose that lists of phrases lack.
const hanFunction = "的了是在和与與对對为為以及被将將从從到也就都而其于於这這那我他她们們个個并並或但让讓把向着著过過所由等之地得"

// thaiFunction are words of Thai prose, which has no blanks between words.
var thaiFunction = []string{"ที่", "และ", "ของ", "เป็น", "ได้", "ให้", "มี", "ว่า", "จะ", "ใน", "กับ", "จาก", "โดย", "แต่", "ไม่", "นี้", "ก็", "คือ", "หรือ", "เพื่อ", "ซึ่ง", "อยู่", "กัน"}

// koreanEndings close words of Korean prose: particles and verb endings.
var koreanEndings = []string{"은", "는", "을", "를", "이", "가", "에", "의", "다", "로", "와", "과", "도", "고", "며", "면", "서", "한", "할", "된", "지", "요", "하여", "에서", "으로"}
